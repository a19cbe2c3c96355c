namespace UniBench.Host;

/// <summary>Edge-triggered readiness of one descriptor: the host's epoll knows exactly what is new, poll does not.</summary>
public static class HostEdges
{
    private const uint Interest = 1 | 2 | 4 | 0x2000 | 0x80000000; // IN PRI OUT RDHUP ET

    /// <returns>A descriptor that is readable while there is news, or -errno.</returns>
    public static int Create(int descriptor)
    {
        int made = HostEpoll.Create();
        if (made >= 0 && HostEpoll.Control(made, HostEpoll.Add, descriptor, Interest, 0) is var result and < 0)
        {
            HostIo.Close(made);
            return (int)result;
        }

        return made;
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
    public static long Rearm(int edges, int descriptor) => HostEpoll.Control(edges, HostEpoll.Change, descriptor, Interest, 0);

    /// <summary>There is news, which stays.</summary>
    public static bool HasNews(int edges)
    {
        const short Readable = 1;
        return HostWaiter.Look([new PollEntry(edges, Readable, 0)]) > 0;
    }

    /// <summary>Takes the news: POLL* bits.</summary>
    public static short Take(int edges)
    {
        Span<HostEpoll.Event> found = stackalloc HostEpoll.Event[1];
        return HostEpoll.Take(edges, found) == 1 ? (short)found[0].Events : (short)0;
    }
}
