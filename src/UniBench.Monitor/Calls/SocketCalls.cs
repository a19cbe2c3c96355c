using System.Buffers.Binary;
using System.Runtime.InteropServices;
using UniBench.Host;
using UniBench.Monitor.Abi;
using UniBench.Monitor.Families;
using UniBench.Monitor.Files;
using UniBench.Monitor.Segments;
using UniBench.Monitor.Sockets;
using IPAddress = System.Net.IPAddress;

namespace UniBench.Monitor.Calls;

/// <summary>Stream sockets of the family's own: names, connecting, accepting, options. The bytes themselves never come here.</summary>
internal sealed partial class SocketCalls(GuestProcess process) : CallModule(process)
{
    public const int Types = 0xf;
    private const int MostTypes = 11, MostProtocols = 256, TcpProtocol = 6, UdpProtocol = 17;
    private const int SocketLevel = 1, TypeOption = 3, ErrorOption = 4, CredentialsOption = 17, AcceptsOption = 30, ProtocolOption = 38, DomainOption = 39;

    private SocketNamespace Names => Family.Sockets;

    private PeerIdentity Self => new(Pid, Credentials.Users.Effective, Credentials.Groups.Effective);

    private ref SocketAddressAnswer Address => ref MemoryMarshal.AsRef<SocketAddressAnswer>(Vm.Bounce.Span);

    /// <summary>socket(2).</summary>
    /// <param name="type">With SOCK_NONBLOCK.</param>
    /// <returns>A handle, or -errno.</returns>
    public long Make(long family, long type, long protocol)
    {
        long kind = type & Types;
        if (Check(family, kind, protocol) is var refused and not 0)
        {
            return refused;
        }

        if (kind == Socket.Datagram)
        {
            return MakeDatagrams((int)family, (type & OpenFlags.Nonblock) != 0);
        }

        Socket made = Names.New((int)family, (int)kind, family == SocketAddress.Unix ? 0 : TcpProtocol, FileOwner);
        return Keep(made, (type & OpenFlags.Nonblock) != 0);
    }

    /// <summary>socketpair(2) of a stream: the handles come in the bounce buffer.</summary>
    /// <returns>The slot of the ring that the first one reads; the second one reads the next.</returns>
    public long MakePair(long type, long protocol)
    {
        if (protocol is not (0 or SocketAddress.Unix))
        {
            return -Errno.EPROTONOSUPPORT;
        }

        if (Vm.Window.FreePair() < 0)
        {
            return -Errno.EMFILE;
        }

        if (Names.NewConnection() is not { } connection)
        {
            Family.LimitHit(Family.Budget.PipesSentence);
            return -Errno.ENFILE;
        }

        bool nonBlocking = (type & OpenFlags.Nonblock) != 0;
        Socket[] ends = [Names.New(SocketAddress.Unix, Socket.Stream, 0, FileOwner), Names.New(SocketAddress.Unix, Socket.Stream, 0, FileOwner)];
        long slot = -Errno.EMFILE;
        for (int end = 0; end < 2; end++)
        {
            (ends[end].PeerIdentity, ends[end].Peer) = (Self, SocketAddress.Unnamed);
            ends[end].Connect(connection, end, nonBlocking);
            slot = Process.Segments.HoldConnection(connection, end) - end;
        }

        Span<int> handles = stackalloc int[2];
        for (int end = 0; end < 2; end++)
        {
            long handle = Keep(ends[end], nonBlocking);
            if (handle < 0)
            {
                for (int made = 0; made < 2; made++)
                {
                    LetRingsGo(ends[made]);
                }

                if (end == 1)
                {
                    Process.Files.CloseFile((ulong)handles[0]);
                }

                return handle;
            }

            handles[end] = (int)handle;
        }

        MemoryMarshal.Cast<int, byte>(handles).CopyTo(Vm.Bounce.Span);
        return slot;
    }

    /// <summary>The process is to see the rings of a socket that it has.</summary>
    /// <returns>The slot of what it reads, or why there is none: what was refused, or what Linux says to a read.</returns>
    public long Attach(Socket socket)
    {
        if (socket.Connection is { } connection)
        {
            return Process.Segments.HoldConnection(connection, socket.End);
        }

        if (socket.Arrivals is { } arrivals)
        {
            return Process.Segments.HoldRing(arrivals, 1 << Ring.Reader);
        }

        return socket.Error != 0 ? -socket.Error : socket.IsInternet ? -Errno.ENOTCONN : -Errno.EINVAL;
    }

    /// <summary>bind(2).</summary>
    /// <param name="mode">Permissions of the file that is made for a path.</param>
    public long Bind(Socket socket, long mode)
    {
        if (!TryAddress(out SocketAddress? wanted))
        {
            return -Errno.EINVAL;
        }

        if (wanted.CheckFor(socket.Family) is var wrong and not 0)
        {
            return wrong;
        }

        if (socket.IsInternet)
        {
            lock (Names.Gate)
            {
                return wanted.Port is > 0 and < 1024 && !Credentials.Has(Processes.Capability.BindPort) ? -Errno.EACCES
                    : socket.Name is not null ? -Errno.EINVAL
                    : Names.BindPort(socket, wanted.Internets, wanted.Port);
            }
        }

        if (wanted.IsUnnamed || wanted.IsAbstract)
        {
            lock (Names.Gate)
            {
                return socket.Name is not null ? wanted.IsUnnamed ? 0 : -Errno.EINVAL : wanted.IsUnnamed ? Names.BindAnyName(socket) : Names.BindName(socket, wanted);
            }
        }

        return BindPath(socket, wanted.Path, mode);
    }

    /// <summary>listen(2).</summary>
    /// <returns>The slot of the ring that counts arrivals, or -errno.</returns>
    public long Listen(OpenFile file, Socket socket, int backlog)
    {
        lock (Names.Gate)
        {
            if (socket.State == SocketState.Connected || (!socket.IsInternet && socket.Name is null))
            {
                return -Errno.EINVAL;
            }

            if (socket.State != SocketState.Listening)
            {
                if (Begin(file, socket) is var refused and not 0)
                {
                    return refused;
                }
            }

            socket.Backlog = Math.Min(backlog < 0 ? int.MaxValue : backlog, SocketNamespace.MostWaiting);
            socket.Listener = Self;
        }

        return Attach(socket);
    }

    /// <summary>connect(2).</summary>
    /// <returns>The slot of what it reads, with 1 in the upper half where a caller that does not wait never hears that it is connected at once; -errno.</returns>
    public long Connect(OpenFile file, Socket socket)
    {
        const long Started = 1L << 32;
        if (!TryAddress(out SocketAddress? wanted) || wanted.Bytes.Length < 2)
        {
            return -Errno.EINVAL;
        }

        bool nonBlocking = file.NonBlocking;
        long deadline = socket.Options.SendNs is var limit and not 0 ? HostClock.Monotonic + (long)limit : 0;
        while (true)
        {
            Socket? listener = null;
            if (socket.State == SocketState.Fresh && Find(socket, wanted, out listener) is var lost and not 0)
            {
                if (lost != -Errno.ECONNREFUSED || !socket.IsInternet || !nonBlocking)
                {
                    return lost;
                }

                socket.Error = Errno.ECONNREFUSED;
                return -Errno.EINPROGRESS;
            }

            lock (Names.Gate)
            {
                if (socket.State != SocketState.Fresh)
                {
                    bool isAnswer = socket is { State: SocketState.Connected, IsStarted: true };
                    socket.IsStarted = false;
                    if (!isAnswer)
                    {
                        return socket.State == SocketState.Connected || socket.IsInternet ? -Errno.EISCONN : -Errno.EINVAL;
                    }

                    break;
                }

                if (socket.Error != 0)
                {
                    int error = socket.Error;
                    socket.Error = 0;
                    return -error;
                }

                bool isFull = listener!.Waiting > listener.Backlog && listener.State == SocketState.Listening;
                if (!isFull)
                {
                    if (Join(file, socket, listener, wanted) is var refused and not 0)
                    {
                        return refused;
                    }

                    socket.IsStarted = nonBlocking && socket.IsInternet;
                    break;
                }

                if (nonBlocking)
                {
                    return -Errno.EAGAIN;
                }

                listener.Connecting.Add(Process);
            }

            bool isOver = deadline != 0 && HostClock.Monotonic >= deadline, isInterrupted = Process.SignalDue();
            if (!isOver && !isInterrupted)
            {
                Process.Sleep(deadline, spin: false);
            }

            lock (Names.Gate)
            {
                listener.Connecting.Remove(Process);
            }

            if (isOver || isInterrupted)
            {
                return isInterrupted ? deadline == 0 ? -Errno.ERESTARTSYS : -Errno.EINTR : -Errno.EAGAIN;
            }
        }

        long slot = Attach(socket);
        if (slot >= 0)
        {
            socket.LetRingsGo(); // they were held for this
            Share(file, socket);
        }

        return slot < 0 ? slot : slot | (socket.IsStarted ? Started : 0);
    }

    /// <summary>accept(2), without waiting. The peer's name is in the bounce buffer.</summary>
    /// <returns>A handle, and in the upper half the slot of what it reads; -EAGAIN where nobody has come.</returns>
    public long Accept(Socket socket, bool nonBlocking)
    {
        if (Vm.Window.FreePair() < 0)
        {
            return -Errno.EMFILE;
        }

        Socket? accepted;
        lock (Names.Gate)
        {
            if (socket.State != SocketState.Listening)
            {
                return -Errno.EINVAL;
            }

            accepted = socket.Accept();
            if (accepted is null)
            {
                return -Errno.EAGAIN;
            }
        }

        accepted.InRing!.SetNonBlocking(Ring.Reader, nonBlocking);
        accepted.OutRing!.SetNonBlocking(Ring.Writer, nonBlocking);
        long slot = Process.Segments.HoldConnection(accepted.Connection!, accepted.End);
        accepted.LetRingsGo();
        long handle = Keep(accepted, nonBlocking);
        if (handle < 0)
        {
            LetRingsGo(accepted);
            return handle;
        }

        Answer(accepted.Peer);
        return (slot << 32) | handle;
    }

    public long TellName(Socket socket) => Answer(socket.Name ?? (socket.IsInternet ? SocketAddress.OfInternet(socket.Family, SocketAddress.AnyOf(socket.Family), 0) : SocketAddress.Unnamed));

    public long TellPeer(Socket socket) => socket.State == SocketState.Connected ? Answer(socket.Peer) : -Errno.ENOTCONN;

    /// <summary>shutdown(2).</summary>
    /// <param name="how">SHUT_RD, SHUT_WR or SHUT_RDWR.</param>
    public static long Shutdown(Socket socket, int how)
    {
        const int Read = 0, Write = 1;
        if (socket.Connection is not { } connection)
        {
            return socket.IsInternet ? -Errno.ENOTCONN : 0;
        }

        if (how != Read)
        {
            connection.Written(socket.End).Shut();
        }

        if (how != Write && !socket.IsInternet)
        {
            connection.Read(socket.End).Shut();
        }
        else if (how != Write)
        {
            connection.Read(socket.End).ShutReader();
        }

        return 0;
    }

    /// <summary>setsockopt(2): the value is in the bounce buffer.</summary>
    public long SetOption(Socket socket, int level, int name, long bytes)
    {
        if (level == SocketLevel && name is TypeOption or ErrorOption or CredentialsOption or AcceptsOption or ProtocolOption or DomainOption)
        {
            return -Errno.ENOPROTOOPT;
        }

        lock (Names.Gate)
        {
            long result = socket.Options.Set(socket, level, name, Vm.Bounce.Span[..(int)Math.Clamp(bytes, 0, 1024)]);
            socket.TellOptions();
            return result;
        }
    }

    /// <summary>getsockopt(2): the value comes in the bounce buffer.</summary>
    /// <returns>Its length, or -errno.</returns>
    public long GetOption(Socket socket, int level, int name, long bytes)
    {
        Span<byte> to = Vm.Bounce.Span[..(int)Math.Clamp(bytes, 0, 1024)];
        lock (Names.Gate)
        {
            if (level == SocketLevel && name == CredentialsOption)
            {
                bool isKnown = !socket.IsInternet && socket.State != SocketState.Fresh;
                PeerIdentity peer = isKnown ? socket.State == SocketState.Listening ? socket.Listener : socket.PeerIdentity : new PeerIdentity(0, uint.MaxValue, uint.MaxValue);
                Span<byte> value = stackalloc byte[12];
                BinaryPrimitives.WriteInt32LittleEndian(value, peer.Pid);
                BinaryPrimitives.WriteUInt32LittleEndian(value[4..], peer.User);
                BinaryPrimitives.WriteUInt32LittleEndian(value[8..], peer.Group);
                return SocketOptions.Give(value, to);
            }

            int? number = level != SocketLevel ? null : name switch
            {
                TypeOption => socket.Type,
                ErrorOption => socket.Error,
                AcceptsOption => socket.State == SocketState.Listening ? 1 : 0,
                ProtocolOption => socket.Protocol,
                DomainOption => socket.Family,
                _ => null,
            };
            if (number is not { } answer)
            {
                return socket.Options.Get(socket, level, name, to);
            }

            if (name == ErrorOption)
            {
                socket.Error = 0;
            }

            Span<byte> bytesOfAnswer = stackalloc byte[4];
            BinaryPrimitives.WriteInt32LittleEndian(bytesOfAnswer, answer);
            return SocketOptions.Give(bytesOfAnswer, to);
        }
    }

    /// <summary>The process has closed its last descriptor of a socket.</summary>
    public void Release(Socket socket) => LetRingsGo(socket);

    /// <summary>The process has ended.</summary>
    public void ReleaseAll()
    {
        if (Family.UsedSockets is not null)
        {
            foreach (Socket socket in Process.Files.Open.OfSockets().ToArray())
            {
                LetRingsGo(socket);
            }
        }
    }

    private PeerIdentity FileOwner => new(Pid, Credentials.Users.File, Credentials.Groups.File);

    private static long Check(long family, long type, long protocol)
    {
        if (family is not (SocketAddress.Unix or SocketAddress.Internet or SocketAddress.Internet6))
        {
            return -Errno.EAFNOSUPPORT;
        }

        if (type >= MostTypes)
        {
            return -Errno.EINVAL;
        }

        if (family == SocketAddress.Unix)
        {
            return protocol is not (0 or SocketAddress.Unix) ? -Errno.EPROTONOSUPPORT : type is not (Socket.Stream or Socket.Datagram) ? -Errno.ESOCKTNOSUPPORT : 0;
        }

        return protocol is < 0 or >= MostProtocols ? -Errno.EINVAL
            : type == Socket.Datagram ? protocol is 0 or UdpProtocol ? 0 : -Errno.EPROTONOSUPPORT
            : type != Socket.Stream ? type is Socket.Raw ? -Errno.EPERM : -Errno.ESOCKTNOSUPPORT
            : protocol is 0 or TcpProtocol ? 0 : -Errno.EPROTONOSUPPORT;
    }

    /// <summary>The rings of a socket are this process's no more: first what it reads, so that the other side finds what was left in it.</summary>
    private void LetRingsGo(Socket socket)
    {
        Release(socket.InRing, Ring.Reader);
        Release(socket.OutRing, Ring.Writer);

        void Release(Ring? ring, int side)
        {
            if (ring is not null && Vm.Window.SlotOf(ring) is >= 0 and int slot)
            {
                Process.Segments.PipeClose((ulong)slot, (ulong)side);
            }
        }
    }

    private long Keep(Socket socket, bool nonBlocking)
    {
        long handle = Process.Files.Keep(new OpenFile(-1, null) { Socket = socket, NeverBlocks = true, NonBlocking = nonBlocking });
        return handle;
    }

    /// <summary>Other processes have the open file, too, and do not see the rings: it stays connected until the last of them closes it.</summary>
    private static void Share(OpenFile file, Socket socket)
    {
        if (file.Holders > 1)
        {
            socket.InRing?.Share();
            socket.OutRing?.Share();
            socket.HoldRings();
        }
    }

    /// <summary>Called with the gate of the namespace held.</summary>
    private long Begin(OpenFile file, Socket socket)
    {
        if (socket.IsInternet && (socket.Name is null ? Names.BindPort(socket, SocketAddress.AnyOf(socket.Family), 0) : Names.IsPortTaken(socket) ? -Errno.EADDRINUSE : 0) is var unnamed and not 0)
        {
            return unnamed;
        }

        if (Names.NewRing() is not { } arrivals)
        {
            Family.LimitHit(Family.Budget.PipesSentence);
            return -Errno.ENFILE;
        }

        socket.Listen(arrivals, file.NonBlocking);
        arrivals.Share();
        socket.HoldRings();
        return 0;
    }

    /// <summary>Who listens where a socket is to be connected.</summary>
    /// <returns>0 or -errno.</returns>
    private long Find(Socket socket, SocketAddress wanted, out Socket? listener)
    {
        listener = null;
        if (wanted.CheckFor(socket.Family) is var wrong and not 0)
        {
            return wrong;
        }

        if (!socket.IsInternet && wanted.IsUnnamed)
        {
            return -Errno.EINVAL;
        }

        if (socket.IsInternet)
        {
            if (!SocketNamespace.IsLocal(wanted.Internets))
            {
                return -Errno.ENETUNREACH;
            }

            lock (Names.Gate)
            {
                listener = Names.AtPort(SocketNamespace.IsAny(wanted.Internets) ? Loopback(wanted.Internets) : wanted.Internets, wanted.Port);
            }
        }
        else if (wanted.IsAbstract)
        {
            lock (Names.Gate)
            {
                listener = Names.AtName(wanted, socket.Type);
            }
        }
        else if (FindPath(wanted.Path, out listener) is var lost and not 0)
        {
            return lost;
        }

        return listener is null ? -Errno.ECONNREFUSED : listener.Type != socket.Type ? -Errno.EPROTOTYPE : listener.State != SocketState.Listening ? -Errno.ECONNREFUSED : 0;
    }

    private static IPAddress Loopback(IPAddress any) => any.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6 && !any.IsIPv4MappedToIPv6 ? IPAddress.IPv6Loopback : IPAddress.Loopback;

    /// <summary>A connection, of which the other end waits to be accepted. Called with the gate of the namespace held.</summary>
    private long Join(OpenFile file, Socket socket, Socket listener, SocketAddress wanted)
    {
        if (listener.State != SocketState.Listening)
        {
            return -Errno.ECONNREFUSED;
        }

        if (Vm.Window.FreePair() < 0)
        {
            return -Errno.EMFILE;
        }

        if (socket.IsInternet && socket.Name is null)
        {
            IPAddress own = wanted.Family == SocketAddress.Internet || wanted.Internets.IsIPv4MappedToIPv6 ? IPAddress.Loopback : IPAddress.IPv6Loopback;
            if (Names.BindPort(socket, own, 0) is var unnamed and not 0)
            {
                return unnamed;
            }
        }

        if (Names.NewConnection() is not { } connection)
        {
            Family.LimitHit(Family.Budget.PipesSentence);
            return -Errno.ENFILE;
        }

        Socket other = Names.New(listener.Family, listener.Type, listener.Protocol, listener.Owner);
        other.Options.CopyFrom(listener.Options);
        (socket.PeerIdentity, other.PeerIdentity) = (listener.Listener, Self);
        socket.Peer = socket.IsInternet && SocketNamespace.IsAny(wanted.Internets) ? SocketAddress.OfInternet(socket.Family, Loopback(wanted.Internets), wanted.Port)
            : socket.IsInternet ? SocketAddress.OfInternet(socket.Family, wanted.Internets, wanted.Port) : listener.Name;
        other.Name = socket.IsInternet ? SocketAddress.OfInternet(listener.Family, socket.Peer!.Internets, wanted.Port) : listener.Name;
        other.Peer = socket.IsInternet ? SocketAddress.OfInternet(listener.Family, socket.Name!.Internets, socket.Name.Port) : socket.Name ?? SocketAddress.Unnamed;
        socket.Connect(connection, 0, file.NonBlocking);
        other.Connect(connection, 1, false);
        socket.HoldRings();
        other.HoldRings();
        listener.Arrive(other);
        return 0;
    }

    /// <summary>Makes a file for a name and binds to it.</summary>
    private long BindPath(Socket socket, string path, long mode)
    {
        const uint SocketType = 0xc000, All = 0x1ff;
        int errno = Process.Paths.FromWhere(GuestLayout.Cwd, path, out string from);
        if (errno != 0)
        {
            return -errno;
        }

        long result = Process.Paths.At(from, path, false, place =>
        {
            long made = PathCalls.InDirectory(place, creates: true, (fd, name) => HostCall.OnPath(LinuxCall.Mknodat, fd, name, SocketType | (mode & All)));
            if (made < 0)
            {
                return made;
            }

            if (socket.Name is not null)
            {
                PathCalls.InDirectory(place, creates: false, (fd, name) => HostCall.OnPath(LinuxCall.Unlinkat, fd, name, 0));
                return -Errno.EINVAL;
            }

            if (FileCalls.EntryOf(place) is not { IsSocket: true } entry)
            {
                return -Errno.ENOENT; // somebody was faster
            }

            lock (Names.Gate)
            {
                Names.BindFile(socket, (entry.Device, entry.Inode), SocketAddress.OfPath(path));
            }

            return 0;
        });
        return result == -Errno.EEXIST ? -Errno.EADDRINUSE : result;
    }

    private long FindPath(string path, out Socket? listener)
    {
        const int Write = 2;
        Socket? found = null;
        int errno = Process.Paths.FromWhere(GuestLayout.Cwd, path, out string from);
        long result = errno != 0 ? -errno : Process.Paths.At(from, path, true, place => place.Special is not null ? -Errno.ECONNREFUSED : PathCalls.OnFile(place, true, false, fd =>
        {
            if (PathCalls.Accessible(fd, Write) is var refused and not 0)
            {
                return refused;
            }

            if (HostEntry.Of(fd) is { IsSocket: true } entry)
            {
                lock (Names.Gate)
                {
                    found = Names.AtFile((entry.Device, entry.Inode));
                }
            }

            return 0;
        }));
        listener = found;
        return result;
    }

    private bool TryAddress([System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out SocketAddress? address)
    {
        ReadOnlySpan<byte> bounce = Vm.Bounce.Span;
        int length = BinaryPrimitives.ReadInt32LittleEndian(bounce);
        const int Longest = 128, LongestUnix = 110, Header = 8;
        address = length is >= 0 and <= Longest ? new SocketAddress(bounce.Slice(Header, length).ToArray()) : null;
        if (address is { Family: SocketAddress.Unix } && length > LongestUnix)
        {
            address = null;
        }

        return address is not null;
    }

    private long Answer(SocketAddress? address)
    {
        ref SocketAddressAnswer answer = ref Address;
        byte[] bytes = address?.Bytes ?? SocketAddress.Unnamed.Bytes;
        answer.Length = (uint)bytes.Length;
        bytes.CopyTo((Span<byte>)answer.Address);
        return 0;
    }
}
