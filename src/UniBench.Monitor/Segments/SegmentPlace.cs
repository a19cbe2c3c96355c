using UniBench.Host;
using UniBench.Monitor.Memory;

namespace UniBench.Monitor.Segments;

/// <summary>Host memory for a segment, which one after another use.</summary>
internal sealed class SegmentPlace(int index, HostMemory backing)
{
    public int Index => index;

    public HostMemory Backing { get; set; } = backing;

    /// <summary>Whose bytes may be in it; null: it is all zero.</summary>
    public FamilyBudget? LastOwner { get; set; }

    /// <summary>Makes it all zero: a guest may have written anywhere. Pages stay: giving them back would walk the MMU notifiers of all VMs.</summary>
    public void Scrub()
    {
        Backing.Mapping.Clear(Backing.Offset, Backing.Length);
        LastOwner = null;
    }
}
