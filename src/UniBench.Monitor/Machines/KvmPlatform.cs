using UniBench.Host;
using UniBench.Kvm;
using UniBench.Monitor.Memory;

namespace UniBench.Monitor.Machines;

/// <summary>Machines are VMs of KVM's. All their private memory lies in one mapping: each mapping more makes every VM dearer.</summary>
internal sealed class KvmPlatform : IPlatform
{
    /// <summary>Bytes of address space for one VM's private memory.</summary>
    private const long SliceBytes = 4L << 30;

    /// <summary>A VM takes two descriptors and a third once its process waits for the host's; a thread and on some kernels another one of KVM's own; mappings of its vCPU and its thread's stacks.</summary>
    private const int FilesPerVm = 3, ThreadsPerVm = 2, MappingsPerVm = 5;

    /// <summary>Slices of address space: 48 TB of the 128 TB there are.</summary>
    private const int MostVms = 12288;
    private readonly KvmDevice device;
    private readonly HostMapping arena = HostMapping.Anonymous(MostVms * SliceBytes);

    private KvmPlatform(KvmDevice device) => this.device = device;

    public LibosImage Libos { get; } = LibosImage.Load("kvm");

    public (int Count, string Limit) Most { get; } = MachineLimits.For(FilesPerVm, ThreadsPerVm, MappingsPerVm, MostVms);

    public ulong ExtendedState { get; } = CpuFeatures.ExtendedState & 0xe7; // x87, SSE, AVX, AVX-512

    public bool HasNestedPaging => device.Paging != GuestPaging.Shadow;

    public bool MemoryIsFiles => false;

    public IReadOnlyList<uint> Requests => KvmDevice.MachineRequests;

    /// <exception cref="KvmException">KVM is missing, not permitted, or lacks a capability.</exception>
    public static KvmPlatform Open() => new(KvmDevice.Open());

    public IReadOnlyList<CpuidLeaf> Cpuid() => CpuidProbe.Ask(device, ExtendedState, CpuFeatures.Leaves());

    public HostMapping NewMemory(string name, long bytes) => HostMapping.Anonymous(bytes);

    public Machine Make(int index, SharedPages shared, ExtentArena extents) =>
        new KvmMachine(device, arena, index * SliceBytes, SliceBytes, extents, Libos, shared, ExtendedState);

    public double MeasureCrossingNs(int crossings) => ExitProbe.MeasureNs(device, crossings);

    public void Dispose()
    {
        arena.Dispose();
        device.Dispose();
    }
}
