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
    private int alive;
    private int made; // never goes down

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
            if (free.Count > 0)
            {
                int at = free.FindLastIndex(w => w.Vm.Program == program);
                at = at < 0 ? free.Count - 1 : at;
                MachineWorker worker = free[at];
                free.RemoveAt(at);
                return worker;
            }

            if (alive >= platform.Most.Count)
            {
                throw new HostException($"the pool has {alive} machines, the most that {platform.Most.Limit} or run fewer processes at once");
            }

            alive++;
            index = made++;
        }

        try
        {
            MachineWorker worker = new(platform.Make(index, shared, extents), index, hasIdleCore);
            lock (gate)
            {
                all.Add(worker);
            }

            return worker;
        }
        catch
        {
            lock (gate)
            {
                alive--;
            }

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
                alive--;
            }

            worker.Retire();
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
