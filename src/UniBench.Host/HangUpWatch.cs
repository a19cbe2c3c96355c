using System.Collections.Concurrent;

namespace UniBench.Host;

/// <summary>Calls back when the other end of a socket is gone: a process that held it has ended. One thread for all.</summary>
public sealed unsafe class HangUpWatch : IDisposable
{
    private const int Add = 1, Remove = 2;
    private const uint PeerGone = 0x2000; // EPOLLRDHUP; EPOLLHUP comes without asking
    private readonly ConcurrentDictionary<uint, Action> watched = new(); // by ticket: a descriptor's number is soon somebody else's
    private readonly int epoll;
    private readonly (HostSocket Ours, HostSocket Theirs) stop = HostSocket.Pair();
    private readonly Thread thread;
    private uint lastTicket;

    public HangUpWatch()
    {
        epoll = (int)HostCall.Invoke(LinuxCall.EpollCreate1, 0x80000);
        if (epoll < 0)
        {
            throw new HostException("epoll_create1", -epoll);
        }

        Ask(Add, stop.Ours.Descriptor, 0);
        thread = new Thread(Loop, 256 << 10) { IsBackground = true, Name = "hang-ups" };
        thread.Start();
    }

    /// <param name="gone">Called at most once, on the watch's thread, maybe when <see cref="Forget"/> has just been called.</param>
    /// <returns>A ticket for <see cref="Forget"/>.</returns>
    public uint Watch(HostSocket socket, Action gone)
    {
        uint ticket = Interlocked.Increment(ref lastTicket);
        watched[ticket] = gone;
        Ask(Add, socket.Descriptor, ticket);
        return ticket;
    }

    /// <summary>The socket will be closed.</summary>
    public void Forget(HostSocket socket, uint ticket)
    {
        if (watched.TryRemove(ticket, out _))
        {
            Ask(Remove, socket.Descriptor, ticket);
        }
    }

    public void Dispose()
    {
        stop.Theirs.Dispose();
        thread.Join();
        stop.Ours.Dispose();
        HostIo.Close(epoll);
    }

    private void Ask(int operation, int descriptor, uint ticket)
    {
        // struct epoll_event is packed: events, then 8 bytes of the caller's.
        uint* wanted = stackalloc uint[3] { PeerGone, ticket, (uint)descriptor };
        long result = HostCall.Invoke(LinuxCall.EpollCtl, epoll, operation, descriptor, (nint)wanted);
        if (result < 0 && operation == Add)
        {
            throw new HostException("epoll_ctl", (int)-result);
        }
    }

    private void Loop()
    {
        const int Most = 16;
        uint* events = stackalloc uint[3 * Most];
        while (true)
        {
            long count = HostCall.Invoke(LinuxCall.EpollWait, epoll, (nint)events, Most, -1);
            for (int i = 0; i < count; i++)
            {
                uint ticket = events[(3 * i) + 1];
                if (ticket == 0)
                {
                    return;
                }

                // Out of the set before anybody may close it: it would come again and again.
                Ask(Remove, (int)events[(3 * i) + 2], ticket);
                if (watched.TryRemove(ticket, out Action? gone))
                {
                    gone();
                }
            }
        }
    }
}
