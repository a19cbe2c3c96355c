using UniBench.Host;
using UniBench.Monitor.Memory;

namespace UniBench.Monitor.Machines;

/// <summary>Warm machines with a thread each, last used first: their memory is backed and what they derived from page tables is there.</summary>
internal sealed class MachinePool(IPlatform platform, SharedPages shared, Func<bool> hasIdleCore) : IDisposable
{
    private const long KeepBytes = 8 << 20;
    private readonly ExtentArena extents = new(platform.MemoryIsFiles);
    private readonly List<MachineWorker> free = [];
    private readonly List<MachineWorker> all = [];
    private readonly Lock gate = new();
    private readonly Stack<int> freeIndices = []; // of machines that are gone or could not be made
    private int indices;

    /// <summary>Machines that exist.</summary>
    public int Count
    {
        get
        {
            lock (gate)
            {
                return all.Count;
            }
        }
    }

    /// <summary>A machine for a process of that program, preferably one that ran it before.</summary>
    /// <exception cref="HostException">A new one was needed and could not be made.</exception>
    public MachineWorker Take(ProgramImage program)
    {
        int index;
        lock (gate)
        {
            foreach (MachineWorker broken in free.Where(w => w.Vm.IsSpent).ToArray())
            {
                free.Remove(broken);
                all.Remove(broken);
                broken.Dispose();
            }

            if (free.Count > 0)
            {
                int at = free.FindLastIndex(w => w.Vm.Program == program);
                at = at < 0 ? free.Count - 1 : at;
                MachineWorker worker = free[at];
                free.RemoveAt(at);
                return worker;
            }

            if (!freeIndices.TryPop(out index))
            {
                if (indices >= platform.Most.Count)
                {
                    throw new HostException($"the pool has {indices} machines, the most that {platform.Most.Limit} or run fewer processes at once");
                }

                index = indices++;
            }
        }

        MachineWorker? made = null;
        try
        {
            made = Make(index);
        }
        finally
        {
            lock (gate)
            {
                if (made is null)
                {
                    freeIndices.Push(index);
                }
                else
                {
                    all.Add(made);
                }
            }
        }

        return made;
    }

    private MachineWorker Make(int index)
    {
        Machine machine = platform.Make(index, shared, extents);
        try
        {
            return new MachineWorker(machine, index, hasIdleCore);
        }
        catch
        {
            machine.Dispose();
            throw;
        }
    }

    /// <summary>Between runs: memory that large processes have left goes back to the host.</summary>
    public void Trim() => extents.Trim();

    /// <summary>Its process has ended; called on its thread, as the last thing that thread does for the process.</summary>
    public void Return(MachineWorker worker)
    {
        if (worker.Vm.IsSpent)
        {
            lock (gate)
            {
                all.Remove(worker);
            }

            worker.Retire(); // its index stays used: its memory may still be looked at
            return;
        }

        worker.Vm.Trim(KeepBytes);
        lock (gate)
        {
            free.Add(worker);
        }
    }

    public void Dispose()
    {
        foreach (MachineWorker worker in all)
        {
            worker.Dispose();
        }

        extents.Dispose();
    }
}
