using UniBench.Monitor.Files;
using UniBench.Monitor.Segments;
using UniBench.Monitor.Sockets;

namespace UniBench.Monitor.Events;

/// <summary>A socket of the family's in an epoll set, whatever becomes of it: fresh, listening, connected.</summary>
internal sealed class SocketMember : RingMember
{
    private const uint Fresh = 0x304 | 16, Failed = 0x41 | 8 | 0x2000; // as poll_unconnected of the library OS has them
    private readonly OpenFile file;
    private readonly EpollSet set;
    private readonly Socket socket;
    private readonly List<Ring> watched = [];
    private volatile bool isGone;

    /// <param name="file">Of the socket.</param>
    public SocketMember(EpollSet set, OpenFile file, Socket socket, int number)
        : base(set, number)
    {
        (this.set, this.file, this.socket) = (set, file, socket);
        file.Closing += Closed;
        socket.Changed += Follow;
        Follow();
    }

    public override object Target => socket;

    public override ulong Inode => socket.Id;

    public override bool IsGone => isGone;

    public override int SidesOf(Ring ring) => ring == socket.InRing ? 1 : ring == socket.OutRing ? 2 : 0;

    public override uint Ready()
    {
        if (isGone || !IsNews(Progress()))
        {
            return 0;
        }

        uint events = socket.InRing is { } read ? Ring.PollSocket(read, socket.OutRing) : Fresh | (socket.Error != 0 ? Failed : 0);
        return events & (Events | Always);
    }

    public override bool Arm()
    {
        if (isGone || IsSpent)
        {
            return false;
        }

        bool unsettled = false;
        foreach (Ring? ring in (Ring?[])[socket.InRing, socket.OutRing])
        {
            if (ring is not null)
            {
                lock (ring.Gate)
                {
                    unsettled |= ring.IsHeld && ring.Arm(SidesOf(ring));
                }
            }
        }

        return unsettled;
    }

    /// <summary>The socket stays until its file is closed, whoever holds its rings.</summary>
    public override void Ended(Ring ring)
    {
    }

    public override void Leave()
    {
        isGone = true;
        file.Closing -= Closed;
        socket.Changed -= Follow;
        foreach (Ring ring in watched)
        {
            lock (ring.Gate)
            {
                ring.Unwatch(this);
            }
        }

        watched.Clear();
    }

    protected override ulong Progress() => isGone ? 0 : socket.InRing is { } read ? Ring.SocketProgress(read, socket.OutRing, Events) : socket.Error != 0 ? 3u : 1u;

    /// <summary>It has rings now that it had not before.</summary>
    private void Follow()
    {
        foreach (Ring? ring in (Ring?[])[socket.InRing, socket.OutRing])
        {
            if (ring is not null && !watched.Contains(ring))
            {
                watched.Add(ring);
                lock (ring.Gate)
                {
                    ring.Watch(this);
                }
            }
        }

        set.Tell();
    }

    private void Closed()
    {
        isGone = true;
        set.Tell();
    }
}
