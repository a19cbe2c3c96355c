using UniBench.Host;
using UniBench.Kvm;
using UniBench.Monitor.Memory;

namespace UniBench.Monitor.Vms;

/// <summary>Warm VMs with a thread each, last used first: their memory is backed and their shadow page tables are filled.</summary>
internal sealed class VmPool : IDisposable
{
    /// <summary>Bytes of address space for one VM's private memory.</summary>
    public const long SliceBytes = 4L << 30;

    /// <summary>A VM takes two descriptors; without a descriptor left the .NET runtime aborts, so some are kept for everything else.</summary>
    private const int FilesPerVm = 2, FilesKept = 1024;

    /// <summary>Slices of address space: 48 TB of the 128 TB there are.</summary>
    private const int MostVms = 12288;

    private readonly int maximumVms = (int)Math.Min(MostVms, (HostLimits.RaiseOpenFiles() - FilesKept) / FilesPerVm);
    private const long KeepBytes = 8 << 20;
    private readonly KvmDevice device;
    private readonly LibosImage libos;
    private readonly SharedPages shared;
    private readonly ulong extendedState;
    private readonly Func<bool> hasIdleCore;
    private readonly ExtentArena extents = new();
    private readonly HostMapping arena = HostMapping.Anonymous(MostVms * SliceBytes);
    private readonly List<VmWorker> free = [];
    private readonly List<VmWorker> all = [];
    private readonly Lock gate = new();
    private int slices; // never given back: a failed creation costs address space only

    public VmPool(KvmDevice device, LibosImage libos, SharedPages shared, ulong extendedState, Func<bool> hasIdleCore)
    {
        this.hasIdleCore = hasIdleCore;
        this.device = device;
        this.libos = libos;
        this.shared = shared;
        this.extendedState = extendedState;
    }

    /// <summary>VMs that exist.</summary>
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

    /// <summary>A VM for a process of that program, preferably one that ran it before.</summary>
    /// <exception cref="HostException">A new VM was needed and could not be made.</exception>
    public VmWorker Take(ProgramImage program)
    {
        int index;
        lock (gate)
        {
            if (free.Count > 0)
            {
                int at = free.FindLastIndex(w => w.Vm.Program == program);
                at = at < 0 ? free.Count - 1 : at;
                VmWorker worker = free[at];
                free.RemoveAt(at);
                return worker;
            }

            index = slices++;
            if (index >= maximumVms)
            {
                throw new HostException($"the pool has {maximumVms} VMs, the most that the limit on open files allows: raise it (ulimit -Hn) or run fewer processes at once");
            }
        }

        UnikernelVm vm = new(device, arena.Range.Slice(index * SliceBytes, SliceBytes), extents, libos, shared, extendedState);
        VmWorker made = new(vm, index, hasIdleCore);
        lock (gate)
        {
            all.Add(made);
        }

        return made;
    }

    /// <summary>Between runs: memory that large processes have left goes back to the host.</summary>
    public void Trim() => extents.Trim();

    public void Return(VmWorker worker)
    {
        worker.Vm.Trim(arena, worker.Index * SliceBytes, KeepBytes);
        lock (gate)
        {
            free.Add(worker);
        }
    }

    public void Dispose()
    {
        foreach (VmWorker worker in all)
        {
            worker.Dispose();
        }

        arena.Dispose();
        extents.Dispose();
    }
}
