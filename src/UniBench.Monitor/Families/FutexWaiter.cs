using UniBench.Monitor.Processes;
using UniBench.Monitor.Segments;

namespace UniBench.Monitor.Families;

/// <summary>A process that waits at a futex.</summary>
internal sealed class FutexWaiter(IFamilyMember process, FutexKey key, uint bits)
{
    public IFamilyMember Process => process;

    /// <summary>Changes when waiters are moved to another futex. Guarded by the table.</summary>
    public FutexKey Key { get; set; } = key;

    public uint Bits => bits;

    public volatile bool IsWoken;
}
