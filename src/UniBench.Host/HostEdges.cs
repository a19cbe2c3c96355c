namespace UniBench.Host;

/// <summary>Edge-triggered readiness of one descriptor: the host's epoll knows exactly what is new, poll does not.</summary>
public static unsafe class HostEdges
{
    private const int Add = 1;
    private const int Modify = 3;
    private const uint Interest = 1 | 2 | 4 | 0x2000 | 0x80000000; // IN PRI OUT RDHUP ET

    /// <returns>A descriptor that is readable while there is news, or -errno.</returns>
    public static int Create(int descriptor)
    {
        long made = HostCall.Invoke(LinuxCall.EpollCreate1, OpenFlags.Cloexec);
        if (made >= 0 && Control((int)made, Add, descriptor) is var result and < 0)
        {
            HostIo.Close((int)made);
            return (int)result;
        }

        return (int)made;
    }

    /// <summary>Whether the host can wait for a descriptor.</summary>
    /// <returns>0 or -errno.</returns>
    public static long Check(int descriptor)
    {
        int made = Create(descriptor);
        if (made >= 0)
        {
            HostIo.Close(made);
        }

        return Math.Min(made, 0);
    }

    /// <summary>What is ready now is news again.</summary>
    public static long Rearm(int edges, int descriptor) => Control(edges, Modify, descriptor);

    /// <summary>Takes the news: POLL* bits.</summary>
    public static short Take(int edges)
    {
        byte* found = stackalloc byte[12]; // struct epoll_event, packed
        return HostCall.Invoke(LinuxCall.EpollWait, edges, (nint)found, 1, 0) == 1 ? (short)*(uint*)found : (short)0;
    }

    private static long Control(int edges, int operation, int descriptor)
    {
        byte* wanted = stackalloc byte[12];
        *(uint*)wanted = Interest;
        *(ulong*)(wanted + 4) = 0;
        return HostCall.Invoke(LinuxCall.EpollCtl, edges, operation, descriptor, (nint)wanted);
    }
}
