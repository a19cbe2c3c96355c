using UniBench.Host;

namespace UniBench.Monitor.Machines;

/// <summary>What lies behind a machine's guest-physical addresses, in numbered slots.</summary>
internal interface IMemorySlots
{
    /// <summary>Fills an empty slot.</summary>
    /// <exception cref="HostException">The host refuses.</exception>
    void Set(int slot, ulong address, HostMemory memory, bool readOnly);

    /// <summary>Empties a slot: the guest sees nothing there any more.</summary>
    void Remove(int slot, ulong address);
}
