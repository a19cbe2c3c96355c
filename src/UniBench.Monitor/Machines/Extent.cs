using UniBench.Host;

namespace UniBench.Monitor.Machines;

/// <summary>A piece of the memory of large processes. fork shares it: after that neither side writes to the part in use.</summary>
/// <param name="address">Guest-physical address, the same in every VM.</param>
/// <param name="backing">The host memory behind it.</param>
/// <param name="owner">The family.</param>
/// <param name="isClean">All zero at first.</param>
internal sealed class Extent(ulong address, HostMemory backing, object owner, bool isClean)
{
    public object Owner => owner;

    public ulong Address => address;

    public HostMemory Backing => backing;

    public HostRange Memory => backing.Range;

    public long Bytes => backing.Length;

    public bool IsClean => isClean;

    /// <summary>Counts changes to page tables in it that KVM has not noticed in VMs which only read it.</summary>
    public int Version { get; set; }

    /// <summary>VMs whose processes hold it; guarded by the arena's gate, like everything here.</summary>
    public List<ExtentWindow> Holders { get; } = [];

    /// <summary>VMs that have a memory slot for it, maybe of a process that has ended.</summary>
    public List<ExtentWindow> Shown { get; } = [];
}
