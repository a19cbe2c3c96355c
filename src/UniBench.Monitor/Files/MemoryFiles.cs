using UniBench.Host;
using UniBench.Monitor.Memory;

namespace UniBench.Monitor.Files;

/// <summary>The memfds of a family: each is charged for its size, holes too, until nobody has it open or mapped.</summary>
/// <param name="isMapped">Whether the engine has a mapping of the file with that inode.</param>
/// <param name="unmap">Drops the mappings that nobody uses.</param>
internal sealed class MemoryFiles(FamilyBudget budget, Func<(ulong Device, ulong Inode), bool> isMapped, Action unmap)
{
    private readonly Dictionary<(ulong Device, ulong Inode), (long Charged, int Openers)> files = [];
    private readonly Lock gate = new();

    public void Opened(in HostEntry file)
    {
        lock (gate)
        {
            (long charged, int openers) = files.GetValueOrDefault((file.Device, file.Inode));
            files[(file.Device, file.Inode)] = (charged, openers + 1);
        }
    }

    public void Closed(in HostEntry file)
    {
        lock (gate)
        {
            var key = (file.Device, file.Inode);
            (long charged, int openers) = files.GetValueOrDefault(key);
            files[key] = (charged, openers - 1);
            if (openers == 1 && !isMapped(key))
            {
                Forget(key);
            }
        }
    }

    /// <summary>Does what may change the file's size, if the family may have that size.</summary>
    /// <param name="end">The size that it may come to have.</param>
    /// <returns>The action's result, or -ENOSPC.</returns>
    public long Resize(OpenFile file, long end, Func<long> action)
    {
        lock (gate)
        {
            var key = (file.Entry.Device, file.Entry.Inode);
            (long charged, int openers) = files.GetValueOrDefault(key);
            if (end > charged && !budget.TryTake(end - charged) && !TakeAfterSweep(end - charged))
            {
                return -Errno.ENOSPC;
            }

            long result = action();
            long size = HostEntry.Of(file.Descriptor)?.Size ?? end;
            budget.Give(Math.Max(charged, end) - size);
            files[key] = (size, openers);
            return result;
        }
    }

    private bool TakeAfterSweep(long bytes)
    {
        unmap();
        foreach (var key in files.Where(f => f.Value.Openers == 0 && !isMapped(f.Key)).Select(f => f.Key).ToArray())
        {
            Forget(key);
        }

        return budget.TryTake(bytes);
    }

    private void Forget((ulong Device, ulong Inode) key)
    {
        if (files.Remove(key, out (long Charged, int Openers) file))
        {
            budget.Give(file.Charged);
        }
    }
}
