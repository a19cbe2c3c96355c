using System.Runtime.InteropServices;

namespace UniBench.Host;

/// <summary>Epoll sets of the host. Results are what the kernel returned: a count, or -errno.</summary>
public static unsafe class HostEpoll
{
    public const int Add = 1, Remove = 2, Change = 3;

    /// <summary>struct epoll_event, packed on this architecture.</summary>
    [StructLayout(LayoutKind.Sequential, Pack = 1)]
    public record struct Event(uint Events, ulong Data);

    public static int Create()
    {
        const int EpollCreate = 291, CloseOnExec = 0x80000;
        return (int)HostCall.Invoke(EpollCreate, CloseOnExec);
    }

    public static long Control(int set, int operation, int descriptor, uint events, ulong data)
    {
        const int EpollControl = 233;
        Event wanted = new(events, data);
        return HostCall.Invoke(EpollControl, set, operation, descriptor, (nint)(&wanted));
    }

    /// <summary>What is ready now, without waiting.</summary>
    public static int Take(int set, Span<Event> found)
    {
        const int EpollWait = 232;
        //// SAFETY: the events stay where they are for the time of the call.
        fixed (Event* at = found)
        {
            return (int)HostCall.Invoke(EpollWait, set, (nint)at, found.Length, 0);
        }
    }
}
