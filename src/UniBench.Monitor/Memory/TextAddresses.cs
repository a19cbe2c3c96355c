using UniBench.Monitor.Abi;

namespace UniBench.Monitor.Memory;

/// <summary>Gives every program's text a guest-physical address of its own, so that a VM can keep several.</summary>
internal sealed class TextAddresses
{
    private readonly Lock gate = new();
    private ulong next = GuestLayout.GpaText;

    /// <exception cref="EngineException">No addresses are left.</exception>
    public ulong Take(string path, long bytes)
    {
        lock (gate)
        {
            ulong address = next;
            ulong end = (address + (ulong)bytes + GuestLayout.LargePage - 1) & ~(ulong)(GuestLayout.LargePage - 1);
            if (end > GuestLayout.GpaWindow)
            {
                throw new EngineException($"{path}: the programs run so far have {(GuestLayout.GpaWindow - GuestLayout.GpaText) >> 20} MB of text, the most that is possible; start anew");
            }

            next = end;
            return address;
        }
    }
}
