namespace UniBench.Monitor.Events;

/// <summary>A signal descriptor in an epoll set: as on Linux it tells everybody of their own pending signals.</summary>
/// <param name="process">Who closes it, when it is closed.</param>
internal sealed class SignalMember(int number, ulong mask, int process) : EpollMember(number)
{
    private const uint Readable = 0x41; // EPOLLIN, EPOLLRDNORM

    public int Process => process;

    /// <param name="pending">Of who asks.</param>
    public uint Ready(ulong pending) => IsSpent || (pending & mask) == 0 ? 0 : Readable & Events;

    public override void Leave()
    {
    }
}
