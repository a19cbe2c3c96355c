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
        return (int)HostCall.Invoke(LinuxCall.EpollCreate1, OpenFlags.Cloexec);
    }

    public static long Control(int set, int operation, int descriptor, uint events, ulong data)
    {
        Event wanted = new(events, data);
        return HostCall.Invoke(LinuxCall.EpollCtl, set, operation, descriptor, (nint)(&wanted));
    }

    /// <summary>What is ready now, without waiting.</summary>
    public static int Take(int set, Span<Event> found)
    {
        //// SAFETY: the events stay where they are for the time of the call.
        fixed (Event* at = found)
        {
            return (int)HostCall.Invoke(LinuxCall.EpollWait, set, (nint)at, found.Length, 0);
        }
    }
}
