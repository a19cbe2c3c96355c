using System.Buffers.Binary;
using UniBench.Host;
using UniBench.Monitor.Abi;
using UniBench.Monitor.Files;
using UniBench.Monitor.Sockets;
using IPAddress = System.Net.IPAddress;

namespace UniBench.Monitor.Calls;

/// <summary>Sockets of datagrams, of the Unix family and UDP over the family's loopback.</summary>
/// <remarks>Each is one end of a pair of the host's, of which the monitor keeps the other: who sends writes there, with the sender's name in front. So poll, epoll and blocking are the host's.</remarks>
internal sealed partial class SocketCalls
{
    /// <summary>What is in front of each datagram: the length of the sender's address, and the address.</summary>
    private const int SenderBytes = 112;
    private const int Payload = 136, Longest = GuestLayout.BounceSize - Payload;

    /// <summary>connect(2): whom it sends to by default, and alone receives from; AF_UNSPEC ends that.</summary>
    public long ConnectDatagrams(Socket socket)
    {
        if (!TryAddress(out SocketAddress? wanted) || wanted.Bytes.Length < 2)
        {
            return -Errno.EINVAL;
        }

        if (wanted.Family == 0)
        {
            lock (Names.Gate)
            {
                (socket.Peer, socket.Partner, socket.State) = (null, null, SocketState.Fresh);
                if (socket.IsNamedByPeer)
                {
                    socket.Name = SocketAddress.OfInternet(socket.Family, SocketAddress.AnyOf(socket.Family), socket.Name!.Port);
                    socket.IsNamedByPeer = false;
                }

                return 0;
            }
        }

        if (FindDatagrams(socket, wanted, out Socket? partner) is var lost and not 0)
        {
            return lost;
        }

        lock (Names.Gate)
        {
            if (socket.IsInternet && Named(socket, wanted) is var refused and not 0)
            {
                return refused;
            }

            if (partner is { Peer: { } other, IsInternet: false } && partner.Partner != socket)
            {
                return other is null ? 0 : -Errno.EPERM;
            }

            if (socket.IsInternet && SocketNamespace.IsAny(socket.Name!.Internets))
            {
                bool isFour = wanted.Family == SocketAddress.Internet || wanted.Internets.IsIPv4MappedToIPv6;
                socket.Name = SocketAddress.OfInternet(socket.Family, isFour ? IPAddress.Loopback : IPAddress.IPv6Loopback, socket.Name.Port);
                socket.IsNamedByPeer = true;
            }

            (socket.Partner, socket.State) = (partner, SocketState.Connected);
            socket.Peer = socket.IsInternet ? SocketAddress.OfInternet(socket.Family, SocketNamespace.IsAny(wanted.Internets) ? Loopback(wanted.Internets) : wanted.Internets, wanted.Port) : partner!.Name;
            return 0;
        }
    }

    /// <summary>sendto(2): the address, if there is one, and the bytes are in the bounce buffer.</summary>
    public long SendDatagram(OpenFile file, Socket socket, long bytes, long flags, bool hasAddress)
    {
        const int OutOfBand = 1, DontWait = 0x40, NoSignal = 0x4000;
        if (bytes is < 0 or > Longest)
        {
            return -Errno.EMSGSIZE;
        }

        if ((flags & OutOfBand) != 0)
        {
            return -Errno.EOPNOTSUPP;
        }

        SocketAddress? wanted = null;
        if (hasAddress && !TryAddress(out wanted))
        {
            return -Errno.EINVAL;
        }

        bool waits = !file.NonBlocking && (flags & DontWait) == 0;
        long deadline = socket.Options.SendNs is var limit and not 0 ? HostClock.Monotonic + (long)limit : 0;
        while (true)
        {
            Socket? target = null;
            if (hasAddress && FindDatagrams(socket, wanted!, out target) is var lost and not 0)
            {
                return lost;
            }

            lock (Names.Gate)
            {
                if (socket.IsMute)
                {
                    return -Errno.EPIPE;
                }

                if (!hasAddress)
                {
                    if (socket.Peer is not { } peer)
                    {
                        return socket.IsInternet ? -Errno.EDESTADDRREQ : -Errno.ENOTCONN;
                    }

                    target = socket.IsInternet ? Names.DatagramsAt(peer.Internets, peer.Port) : socket.Partner;
                    wanted = peer;
                }

                if (TakeError(socket) is var error and not 0)
                {
                    return -error;
                }

                if (socket.IsInternet && Named(socket, wanted!) is var refused and not 0)
                {
                    return refused;
                }

                if (target is null || target.State == SocketState.Closed)
                {
                    socket.Error = socket.IsInternet && !hasAddress ? Errno.ECONNREFUSED : 0; // whoever asks next hears of it
                    return socket.IsInternet ? bytes : -Errno.ECONNREFUSED;
                }

                if (target.Peer is { } only && (socket.IsInternet ? !SameSender(only, socket, target) : target.Partner != socket))
                {
                    return socket.IsInternet ? bytes : -Errno.EPERM;
                }

                PutSender(SenderFor(socket, target));
                long result = HostCall.Invoke(LinuxCall.Sendto, target.Box, Vm.Bounce.Slice(Payload - SenderBytes, SenderBytes + bytes).Address, SenderBytes + bytes, DontWait | NoSignal, 0);
                if (result >= 0 || (result == -Errno.EAGAIN && socket.IsInternet))
                {
                    return bytes; // UDP: where there is no room it is lost
                }

                if (result != -Errno.EAGAIN || !waits)
                {
                    return result;
                }

                target.Connecting.Add(Process);
            }

            bool isOver = deadline != 0 && HostClock.Monotonic >= deadline, isInterrupted = Process.SignalDue();
            if (!isOver && !isInterrupted)
            {
                Process.Sleep(deadline, spin: false);
            }

            lock (Names.Gate)
            {
                target.Connecting.Remove(Process);
            }

            if (isOver || isInterrupted)
            {
                return isOver ? -Errno.EAGAIN : -Errno.ERESTARTSYS;
            }
        }
    }

    /// <summary>recvfrom(2): the sender's address and the bytes come in the bounce buffer.</summary>
    /// <returns>The count, with MSG_TRUNC 32 bits above it, or -errno.</returns>
    public long ReceiveDatagram(OpenFile file, Socket socket, long bytes, long flags)
    {
        const long OutOfBand = 1, Peek = 2, Cut = 0x20, DontWait = 0x40;
        if ((flags & OutOfBand) != 0)
        {
            return socket.IsInternet ? -Errno.EINVAL : -Errno.EOPNOTSUPP;
        }

        long deadline = socket.Options.ReceiveNs is var limit and not 0 ? HostClock.Monotonic + (long)limit : 0;
        HostRange room = Vm.Bounce.Slice(Payload - SenderBytes, SenderBytes + Math.Clamp(bytes, 0, Longest));
        while (true)
        {
            lock (Names.Gate)
            {
                if (TakeError(socket) is var error and not 0)
                {
                    return -error;
                }
            }

            long result = HostIo.Receive(file.Descriptor, room, (int)((flags & (Peek | Cut)) | DontWait));
            if (result == -Errno.EAGAIN && !file.NonBlocking && (flags & DontWait) == 0)
            {
                if (Process.Transfers.WaitFor(file, PollEvents.In, deadline) is var refused and not 0)
                {
                    return refused;
                }

                continue;
            }

            long count = (result & uint.MaxValue) - SenderBytes;
            if (result < 0 || count < 0)
            {
                return Math.Min(result, 0); // shut down
            }

            lock (Names.Gate)
            {
                socket.WakeConnecting();
            }

            TellSender();
            return (result >> 32 & Cut) << 32 | count;
        }
    }

    /// <summary>shutdown(2).</summary>
    public long ShutdownDatagrams(OpenFile file, Socket socket, int how)
    {
        const int Read = 0, Write = 1;
        lock (Names.Gate)
        {
            if (socket.IsInternet && socket.State != SocketState.Connected)
            {
                return -Errno.ENOTCONN;
            }

            socket.IsMute |= how != Read;
        }

        return how == Write ? 0 : HostCall.Invoke(LinuxCall.Shutdown, file.Descriptor, Read);
    }

    private long MakeDatagrams(int family, bool nonBlocking)
    {
        if (!Family.Budget.TryTakeFile())
        {
            Family.LimitHit(Family.Budget.FilesSentence);
            return -Errno.ENFILE;
        }

        long made = HostCall.MakePair(SocketAddress.Unix, Socket.SequencedPacket | OpenFlags.Nonblock | OpenFlags.Cloexec, 0, out int first, out int box);
        if (made < 0)
        {
            Family.Budget.GiveFile();
            return made;
        }

        Socket socket = Names.New(family, Socket.Datagram, family == SocketAddress.Unix ? 0 : UdpProtocol, FileOwner, box);
        return Process.Files.Keep(new OpenFile(first, null) { Datagrams = socket, NeverBlocks = true, NonBlocking = nonBlocking });
    }

    private static int TakeError(Socket socket)
    {
        int error = socket.Error;
        socket.Error = 0;
        return error;
    }

    /// <returns>0 or -errno; of the Internet families nobody may be there.</returns>
    private long FindDatagrams(Socket socket, SocketAddress wanted, out Socket? found)
    {
        found = null;
        if (wanted.CheckFor(socket.Family) is var wrong and not 0)
        {
            return wrong;
        }

        if (socket.IsInternet)
        {
            if (!SocketNamespace.IsLocal(wanted.Internets))
            {
                return -Errno.ENETUNREACH;
            }

            lock (Names.Gate)
            {
                found = Names.DatagramsAt(SocketNamespace.IsAny(wanted.Internets) ? Loopback(wanted.Internets) : wanted.Internets, wanted.Port);
            }

            return 0;
        }

        if (wanted.IsUnnamed)
        {
            return -Errno.EINVAL;
        }

        if (wanted.IsAbstract)
        {
            lock (Names.Gate)
            {
                found = Names.AtName(wanted, socket.Type);
            }
        }
        else if (FindPath(wanted.Path, out found) is var lost and not 0)
        {
            return lost;
        }

        return found is null ? -Errno.ECONNREFUSED : found.Type != socket.Type ? -Errno.EPROTOTYPE : 0;
    }

    /// <summary>Who sends by UDP has a port. Called with the gate of the namespace held.</summary>
    private long Named(Socket socket, SocketAddress wanted) => socket.Name is not null ? 0
        : Names.BindPort(socket, wanted.Family == SocketAddress.Internet || wanted.Internets.IsIPv4MappedToIPv6 ? socket.Family == SocketAddress.Internet ? IPAddress.Any : IPAddress.IPv6Any : IPAddress.IPv6Any, 0);

    private static SocketAddress? SenderFor(Socket socket, Socket target) => !socket.IsInternet ? socket.Name
        : SocketAddress.OfInternet(
            target.Family,
            !SocketNamespace.IsAny(socket.Name!.Internets) ? socket.Name.Internets : target.Family == SocketAddress.Internet || socket.Family == SocketAddress.Internet ? IPAddress.Loopback : IPAddress.IPv6Loopback,
            socket.Name.Port);

    private static bool SameSender(SocketAddress only, Socket socket, Socket target) =>
        SenderFor(socket, target) is { } sender && sender.Port == only.Port && sender.Internets.Equals(only.Internets);

    private void PutSender(SocketAddress? sender)
    {
        Span<byte> header = Vm.Bounce.Span.Slice(Payload - SenderBytes, SenderBytes);
        header.Clear();
        byte[] bytes = sender?.Bytes ?? [];
        BinaryPrimitives.WriteUInt16LittleEndian(header, (ushort)bytes.Length);
        bytes.CopyTo(header[2..]);
    }

    private void TellSender()
    {
        ReadOnlySpan<byte> header = Vm.Bounce.Span.Slice(Payload - SenderBytes, SenderBytes);
        int length = Math.Min((int)BinaryPrimitives.ReadUInt16LittleEndian(header), SenderBytes - 2);
        byte[] bytes = header.Slice(2, length).ToArray();
        ref SocketAddressAnswer answer = ref Address;
        answer.Length = (uint)length;
        bytes.CopyTo((Span<byte>)answer.Address);
    }
}
