using UniBench.Host;
using UniBench.Host.Filters;
using UniBench.Monitor.Memory;

namespace UniBench.Monitor.Machines;

/// <summary>Warm machines with a thread each, last used first: their memory is backed and what they derived from page tables is there.</summary>
internal sealed class MachinePool : IDisposable
{
    private const long KeepBytes = 8 << 20;
    private readonly IPlatform platform;
    private readonly ExtentArena extents;
    private readonly MachineMaker maker;
    private readonly List<MachineWorker> free = [];
    private readonly List<MachineWorker> all = [];
    private readonly Lock gate = new();
    private readonly Stack<int> freeIndices = []; // of machines that are gone or could not be made
    private readonly List<(int Index, FamilyPage? Owner)> retired = []; // their memory may still be looked at, until the family is over
    private int indices;
    private int missing; // thrown away since the last run, to be made anew before the next

    /// <param name="filter">For the machines' threads; null: none.</param>
    public MachinePool(IPlatform platform, SharedPages shared, Func<bool> hasIdleCore, SystemCallFilter? filter)
    {
        this.platform = platform;
        extents = new ExtentArena(platform.MemoryIsFiles);
        maker = new MachineMaker(platform, shared, extents, hasIdleCore, filter);
    }

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

    /// <summary>A machine for a process of that program, preferably one that ran it before, and never one that shows anything of another family.</summary>
    /// <param name="owner">The family.</param>
    /// <exception cref="HostException">A new one was needed and could not be made.</exception>
    public MachineWorker Take(ProgramImage program, FamilyPage owner)
    {
        lock (gate)
        {
            foreach (MachineWorker broken in free.Where(w => w.Vm.IsSpent).ToArray())
            {
                free.Remove(broken);
                ThrowAway(broken);
            }

            int at = free.FindLastIndex(w => w.Vm.Program == program && IsFor(w));
            at = at < 0 ? free.FindLastIndex(IsFor) : at;
            if (at >= 0)
            {
                MachineWorker worker = free[at];
                free.RemoveAt(at);
                return worker;
            }

            if (freeIndices.Count == 0 && indices >= platform.Most.Count && free.Count > 0)
            {
                MachineWorker others = free[0]; // its family, which runs beside this one, will have to get another
                free.RemoveAt(0);
                ThrowAway(others);
            }
        }

        return MakeAny();

        bool IsFor(MachineWorker worker) => worker.Vm.Owner is not { } its || its == owner;
    }

    /// <summary>Before a run: as many machines as there were.</summary>
    public void Refill()
    {
        while (TakeMissing())
        {
            try
            {
                MachineWorker made = MakeAny();
                lock (gate)
                {
                    free.Insert(0, made);
                }
            }
            catch (HostException)
            {
                return; // the run will say so, if it needs it
            }
        }

        bool TakeMissing()
        {
            lock (gate)
            {
                return missing > 0 && missing-- > 0;
            }
        }
    }

    /// <summary>A family is over: its machines become as new, or go.</summary>
    public void Leave(FamilyPage owner)
    {
        MachineWorker[] its;
        lock (gate)
        {
            foreach ((int index, _) in retired.FindAll(r => r.Owner == owner))
            {
                freeIndices.Push(index);
            }

            retired.RemoveAll(r => r.Owner == owner);
            its = [.. free.Where(w => w.Vm.Owner == owner)];
            free.RemoveAll(w => w.Vm.Owner == owner);
        }

        foreach ((MachineWorker worker, Func<bool> isNew) in its.Select(w => (w, w.BeginRenewal())).ToArray())
        {
            if (isNew())
            {
                lock (gate)
                {
                    free.Add(worker);
                }
            }
            else
            {
                ThrowAway(worker);
                lock (gate)
                {
                    missing++;
                }
            }
        }

        extents.Leave(owner);
    }

    private void ThrowAway(MachineWorker worker)
    {
        worker.Dispose();
        lock (gate)
        {
            all.Remove(worker);
            freeIndices.Push(worker.Index);
        }
    }

    private MachineWorker MakeAny()
    {
        int index;
        lock (gate)
        {
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
            made = maker.Make(index);
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

    /// <summary>Its process has ended; called on its thread, as the last thing that thread does for the process.</summary>
    public void Return(MachineWorker worker)
    {
        worker.Vm.Rest();
        if (worker.Vm.IsSpent)
        {
            lock (gate)
            {
                all.Remove(worker);
                retired.Add((worker.Index, worker.Vm.Owner));
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

    /// <summary>The same for a machine whose thread has nothing to do any more. From any thread.</summary>
    public void ReturnIdle(MachineWorker worker)
    {
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

        maker.Dispose();
        extents.Dispose();
    }
}
