using System.Buffers.Binary;
using UniBench.Host;
using UniBench.Monitor.Memory;

namespace UniBench.Monitor.Files;

/// <summary>The watches of an inotify instance of the host, each charged to the family, as the instance is.</summary>
/// <remarks>The host ends watches by itself and says so in an event, IN_IGNORED; one that the queue had no room for is counted until the instance is closed.</remarks>
internal sealed class FileWatches(FamilyBudget budget)
{
    private const int EventHeader = 16;
    private readonly Lock gate = new(); // processes share an instance
    private readonly HashSet<int> watches = [];

    /// <summary>Watches a file, or changes what it is watched for.</summary>
    /// <param name="path">Of the host, NUL-terminated.</param>
    /// <returns>The watch, or -errno; -ENOSPC when the family has too many.</returns>
    public long Add(int instance, ReadOnlySpan<byte> path, uint mask)
    {
        lock (gate)
        {
            bool mayHaveMore = budget.TryTakeWatch();
            long watch = HostCall.OnPath(LinuxCall.InotifyAddWatch, instance, path, mask);
            bool isNew = watch >= 0 && watches.Add((int)watch);
            if (mayHaveMore && !isNew)
            {
                budget.GiveWatch();
            }

            if (isNew && !mayHaveMore)
            {
                watches.Remove((int)watch);
                HostCall.Invoke(LinuxCall.InotifyRmWatch, instance, watch);
                return -Errno.ENOSPC;
            }

            return watch;
        }
    }

    public long Remove(int instance, int watch)
    {
        long result = HostCall.Invoke(LinuxCall.InotifyRmWatch, instance, watch);
        if (result == 0)
        {
            Ended(watch);
        }

        return result;
    }

    /// <summary>Takes note of watches that have ended.</summary>
    /// <param name="events">What was read of the instance.</param>
    public void Read(ReadOnlySpan<byte> events)
    {
        while (events.Length >= EventHeader)
        {
            if ((BinaryPrimitives.ReadUInt32LittleEndian(events[4..]) & WatchEvents.Ignored) != 0)
            {
                Ended(BinaryPrimitives.ReadInt32LittleEndian(events));
            }

            uint name = BinaryPrimitives.ReadUInt32LittleEndian(events[12..]);
            events = events[(int)Math.Min(EventHeader + (long)name, events.Length)..];
        }
    }

    /// <summary>The instance is closed, and its watches with it.</summary>
    public void Closed()
    {
        foreach (int watch in watches)
        {
            budget.GiveWatch();
        }

        budget.GiveWatcher();
    }

    private void Ended(int watch)
    {
        lock (gate)
        {
            if (watches.Remove(watch))
            {
                budget.GiveWatch();
            }
        }
    }
}
