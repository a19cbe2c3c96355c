using UniBench.Kvm;
using UniBench.Monitor.Memory;

namespace UniBench.Monitor.Vms;

/// <summary>Warm VMs with a thread each, last used first: their memory is backed and their shadow page tables are filled.</summary>
internal sealed class VmPool : IDisposable
{
    /// <summary>Bytes of address space for one VM's private memory.</summary>
    public const long SliceBytes = 4L << 30;

    /// <summary>A VM takes three descriptors; without a descriptor left the .NET runtime aborts, so some are kept for everything else.</summary>
    private const int FilesPerVm = 3, FilesKept = 1024;

    /// <summary>Slices of address space: 48 TB of the 128 TB there are.</summary>
    private const int MostVms = 12288;

    /// <summary>
    /// Where a thread or a mapping is missing, .NET ends the process in places that nobody can guard, so that these limits must never be met: some
    /// are kept. A VM takes a thread, and on some kernels another one of KVM's own, and mappings for its vCPU and the thread's stacks.
    /// </summary>
    private const int ThreadsKept = 256, ThreadsPerVm = 2, MappingsPerVm = 5;

    private readonly int maximumVms = (int)Math.Max(1, new long[]
    {
        MostVms, (HostLimits.RaiseOpenFiles() - FilesKept) / 4 * 3 / FilesPerVm, HostLimits.RoomForThreads(ThreadsKept) / ThreadsPerVm, HostLimits.MostMappings / 4 * 3 / MappingsPerVm,
    }.Min());
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
    private readonly Stack<int> freeSlices = []; // of VMs that could not be made
    private int slices;

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
    /// <exception cref="KvmException">A new VM was needed and could not be made.</exception>
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

            if (!freeSlices.TryPop(out index))
            {
                if (slices >= maximumVms)
                {
                    throw new KvmException($"the pool has {maximumVms} VMs, the most that the host's limits on open files, threads and mappings allow: raise them (ulimit -Hn, ulimit -u, pids.max, vm.max_map_count) or run fewer processes at once");
                }

                index = slices++;
            }
        }

        VmWorker? made = null;
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
                    freeSlices.Push(index);
                }
                else
                {
                    all.Add(made);
                }
            }
        }

        return made;
    }

    private VmWorker Make(int index)
    {
        UnikernelVm vm = new(device, arena.Range.Slice(index * SliceBytes, SliceBytes), extents, libos, shared, extendedState);
        try
        {
            return new VmWorker(vm, index, hasIdleCore);
        }
        catch
        {
            vm.Dispose();
            throw;
        }
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
