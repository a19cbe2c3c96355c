using UniBench.Monitor.Abi;
using UniBench.Monitor.Segments;

namespace UniBench.Monitor.Sockets;

/// <summary>A stream socket of the family's own: what processes that hold its open file have in common. Its bytes are in rings, which those processes see.</summary>
/// <remarks>
/// Guarded by its namespace's gate, but for what never changes. As a holder of rings it stands for those who do not see them yet: a connection that nobody has accepted, and
/// processes that had the socket before another one connected it.
/// </remarks>
internal sealed class Socket(SocketNamespace names, int family, int type, int protocol, ulong id, PeerIdentity owner) : ISegmentHolder
{
    public const int Stream = 1, Datagram = 2, Raw = 3, SequencedPacket = 5;
    private readonly Queue<Socket> waiting = new();

    public SocketNamespace Names => names;

    public int Family => family;

    public int Type => type;

    public int Protocol => protocol;

    public bool IsInternet => family != SocketAddress.Unix;

    /// <summary>Inode number; never used twice in a family.</summary>
    public ulong Id => id;

    /// <summary>Who owns the file that it is.</summary>
    public PeerIdentity Owner => owner;

    public SocketState State { get; set; }

    public SocketAddress? Name { get; set; }

    public SocketAddress? Peer { get; set; }

    /// <summary>Of a path: which file of the host it is bound to.</summary>
    public (ulong Device, ulong Inode)? File { get; set; }

    /// <summary>Of who is on the other side.</summary>
    public PeerIdentity PeerIdentity { get; set; }

    /// <summary>Why it could not be connected, as long as nobody has asked; 0: nothing.</summary>
    public int Error { get; set; }

    /// <summary>It was connected without waiting, and connect(2) has not been called again.</summary>
    public bool IsStarted { get; set; }

    /// <summary>Of datagrams: the host's socket that leads to what its process reads; -1 for others. Used with the gate of the namespace held.</summary>
    public int Box { get; init; } = -1;

    /// <summary>Of datagrams of the Unix family: whom it is connected to.</summary>
    public Socket? Partner { get; set; }

    /// <summary>Of datagrams: its address comes from whom it is connected to.</summary>
    public bool IsNamedByPeer { get; set; }

    /// <summary>Of datagrams: nothing is sent any more.</summary>
    public bool IsMute { get; set; }

    public SocketOptions Options { get; } = new();

    public Connection? Connection { get; private set; }

    /// <summary>Which end of the connection it is.</summary>
    public int End { get; private set; }

    /// <summary>Of one that listens: counts who came and who was accepted.</summary>
    public Ring? Arrivals { get; private set; }

    public int Backlog { get; set; }

    /// <summary>Who was in listen(2).</summary>
    public PeerIdentity Listener { get; set; }

    /// <summary>Connections that nobody has accepted.</summary>
    public int Waiting => waiting.Count;

    /// <summary>Processes that wait in connect(2) for room.</summary>
    public List<ISegmentHolder> Connecting { get; } = [];

    int ISegmentHolder.Pid => -1;

    /// <summary>What it reads, which bears its flags and time-outs; null as long as it has no ring.</summary>
    public Ring? InRing => Arrivals ?? Connection?.Read(End);

    /// <summary>What it writes; null for one that listens.</summary>
    public Ring? OutRing => Connection?.Written(End);

    /// <summary>It has rings now. Raised with the gate of the namespace held.</summary>
    public event Action? Changed;

    bool ISegmentHolder.HasLetGo(Ring ring, int side) => false;

    void ISegmentHolder.RingChanged(Ring ring, ISegmentHolder? by)
    {
    }

    /// <summary>It is an end of a connection from now on.</summary>
    public void Connect(Connection connection, int end, bool isNonBlocking)
    {
        (Connection, End, State) = (connection, end, SocketState.Connected);
        uint kind = GuestLayout.SocketStream | (IsInternet ? GuestLayout.SocketTcp : 0);
        connection.Read(end).BecomeSocket(kind, Ring.Reader, isNonBlocking, Options.ReceiveNs);
        connection.Written(end).BecomeSocket(kind, Ring.Writer, isNonBlocking, Options.SendNs);
        connection.Read(end).NameSenders(Options.PassesCredentials);
        Changed?.Invoke();
    }

    public void Listen(Ring arrivals, bool isNonBlocking)
    {
        (Arrivals, State) = (arrivals, SocketState.Listening);
        arrivals.BecomeSocket(GuestLayout.SocketStream | GuestLayout.SocketListens | (IsInternet ? GuestLayout.SocketTcp : 0), Ring.Reader, isNonBlocking, Options.ReceiveNs);
        arrivals.CountArrivals();
        Changed?.Invoke();
    }

    /// <summary>Time-outs that were set just now hold for what waits next, and who sends learns whether it is to say so.</summary>
    public void TellOptions()
    {
        Connection?.Read(End).NameSenders(Options.PassesCredentials);
        InRing?.SetTimeout(Ring.Reader, Options.ReceiveNs);
        Connection?.Written(End).SetTimeout(Ring.Writer, Options.SendNs);
    }

    /// <summary>Holds the rings for those who do not see them.</summary>
    public void HoldRings()
    {
        if (Connection is { } connection)
        {
            Hold(connection.Read(End), 1 << Ring.Reader);
            Hold(connection.Written(End), 1 << Ring.Writer);
        }
        else if (Arrivals is { } arrivals)
        {
            Hold(arrivals, 1 << Ring.Reader);
        }

        void Hold(Ring ring, int ends)
        {
            lock (ring.Gate)
            {
                ring.Hold(this, ends);
            }
        }
    }

    public void LetRingsGo()
    {
        foreach (Ring? ring in (Ring?[])[Connection?.Read(End), Connection?.Written(End), Arrivals])
        {
            if (ring is not null)
            {
                names.Release(ring, this);
            }
        }
    }

    /// <summary>Somebody has come. Called with the gate of the namespace held.</summary>
    public void Arrive(Socket peer)
    {
        waiting.Enqueue(peer);
        lock (Arrivals!.Gate)
        {
            Arrivals.Arrived(1);
            Arrivals.Wake(Ring.Reader);
        }
    }

    /// <summary>The first that nobody has accepted yet; null for none. Called with the gate of the namespace held.</summary>
    public Socket? Accept()
    {
        if (!waiting.TryDequeue(out Socket? first))
        {
            return null;
        }

        lock (Arrivals!.Gate)
        {
            Arrivals.Accepted(1);
        }

        WakeConnecting();
        return first;
    }

    public void WakeConnecting() => Connecting.ForEach(c => names.Wake(c));
}
