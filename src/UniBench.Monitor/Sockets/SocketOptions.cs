using System.Buffers.Binary;
using UniBench.Host;

namespace UniBench.Monitor.Sockets;

/// <summary>setsockopt(2) and getsockopt(2): what reads back, and what has an effect.</summary>
internal sealed class SocketOptions
{
    private const int SocketLevel = 1, Ip = 0, Tcp = 6, Ip6 = 41;
    private const int ReuseAddress = 2, SendBuffer = 7, ReceiveBuffer = 8, Linger = 13, PassCredentials = 16, LowReceive = 18, LowSend = 19, ReceiveTimeout = 20, SendTimeout = 21,
        SendForced = 32, ReceiveForced = 33;
    private const int DefaultBuffer = 212992, LeastSend = 4608, LeastReceive = 2304;
    private const int TcpSendBuffer = 2626560, TcpReceiveBuffer = 131072;

    // DEBUG REUSEADDR DONTROUTE BROADCAST KEEPALIVE OOBINLINE PRIORITY REUSEPORT PASSCRED RCVLOWAT TIMESTAMP PASSSEC MARK BUSY_POLL ZEROCOPY
    private static readonly int[] OfAll = [1, 2, 5, 6, 9, 10, 12, 15, 16, 18, 29, 34, 36, 46, 60];

    // NODELAY CORK KEEPIDLE KEEPINTVL KEEPCNT SYNCNT LINGER2 DEFER_ACCEPT WINDOW_CLAMP QUICKACK USER_TIMEOUT FASTOPEN NOTSENT_LOWAT
    private static readonly int[] OfTcp = [1, 3, 4, 5, 6, 7, 8, 9, 10, 12, 18, 23, 25];

    // TOS TTL RECVERR MTU_DISCOVER FREEBIND BIND_ADDRESS_NO_PORT
    private static readonly int[] OfIp = [1, 2, 10, 11, 15, 24];

    // UNICAST_HOPS RECVERR V6ONLY TCLASS
    private static readonly int[] OfIp6 = [16, 25, 26, 67];
    private readonly Dictionary<(int Level, int Name), byte[]> values = [];

    /// <summary>How long a read, or an accept, may wait, in ns; 0: for ever.</summary>
    public ulong ReceiveNs => Time(ReceiveTimeout);

    public ulong SendNs => Time(SendTimeout);

    public bool PassesCredentials => Number(SocketLevel, PassCredentials) != 0;

    public bool ReusesAddress => Number(SocketLevel, ReuseAddress) != 0;

    public bool ReusesPort => Number(SocketLevel, 15) != 0;

    public bool OnlyInternet6 => Number(Ip6, 26) != 0;

    /// <summary>An accepted connection has what its listener was told.</summary>
    public void CopyFrom(SocketOptions other)
    {
        foreach (((int, int) key, byte[] value) in other.values)
        {
            values[key] = value;
        }
    }

    /// <returns>0 or -errno.</returns>
    public long Set(Socket socket, int level, int name, ReadOnlySpan<byte> value)
    {
        if (level == SocketLevel && name is ReceiveTimeout or SendTimeout)
        {
            const int BadTime = 33; // EDOM
            if (value.Length < 16)
            {
                return -Errno.EINVAL;
            }

            if ((ulong)BinaryPrimitives.ReadInt64LittleEndian(value[8..]) >= 1_000_000)
            {
                return -BadTime;
            }

            values[(level, name)] = value[..16].ToArray();
            return 0;
        }

        if (level == SocketLevel && name == Linger)
        {
            if (value.Length < 8)
            {
                return -Errno.EINVAL;
            }

            values[(level, name)] = value[..8].ToArray();
            return 0;
        }

        if (Knows(socket, level, name, reads: false) is var refused and not 0)
        {
            return refused;
        }

        if (value.Length < 4)
        {
            return -Errno.EINVAL;
        }

        int number = BinaryPrimitives.ReadInt32LittleEndian(value);
        if (level == SocketLevel && name is SendBuffer or ReceiveBuffer or SendForced or ReceiveForced)
        {
            bool sends = name is SendBuffer or SendForced;
            name = sends ? SendBuffer : ReceiveBuffer;
            number = Math.Max(Math.Min(number < 0 ? int.MaxValue : number, DefaultBuffer) * 2, sends ? LeastSend : LeastReceive);
        }
        else if (level == SocketLevel && name == LowReceive)
        {
            number = number == 0 ? 1 : number < 0 ? int.MaxValue : number;
        }
        else if ((level == SocketLevel && name is not (12 or 36 or 46)) || (level == Tcp && name is 1 or 3 or 12))
        {
            number = number != 0 ? 1 : 0;
        }

        Put(level, name, number);
        return 0;
    }

    /// <returns>How many bytes the value has, or -errno.</returns>
    public long Get(Socket socket, int level, int name, Span<byte> to)
    {
        if (values.TryGetValue((level, name), out byte[]? known))
        {
            return Give(known, to);
        }

        if (level == SocketLevel && name is ReceiveTimeout or SendTimeout or Linger)
        {
            return Give(new byte[name == Linger ? 8 : 16], to);
        }

        if (level == SocketLevel && name == LowSend)
        {
            return Give([1, 0, 0, 0], to);
        }

        if (Knows(socket, level, name, reads: true) is var refused and not 0)
        {
            return refused;
        }

        byte[] value = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(value, (level, name) switch
        {
            (SocketLevel, SendBuffer or ReceiveBuffer) when socket.Type == Socket.Datagram => DefaultBuffer,
            (SocketLevel, SendBuffer) => socket.IsInternet && socket.State != SocketState.Fresh ? TcpSendBuffer : socket.IsInternet ? 16384 : DefaultBuffer,
            (SocketLevel, ReceiveBuffer) => socket.IsInternet ? TcpReceiveBuffer : DefaultBuffer,
            (SocketLevel, LowReceive) => 1,
            (Tcp, 4) => 7200,
            (Tcp, 5) => 75,
            (Tcp, 6) => 9,
            (Tcp, 7) => 6,
            (Tcp, 8) => 60,
            (Tcp, 12) => 1,
            (Ip, 2) => 64,
            (Ip, 11) => 1,
            (Ip6, 16) => 64,
            _ => 0,
        });
        return Give(value, to);
    }

    public static long Give(ReadOnlySpan<byte> value, Span<byte> to)
    {
        int length = Math.Min(value.Length, to.Length);
        value[..length].CopyTo(to);
        return length;
    }

    private static long Knows(Socket socket, int level, int name, bool reads)
    {
        bool knows = level switch
        {
            SocketLevel => OfAll.Contains(name) || name is SendBuffer or ReceiveBuffer or SendForced or ReceiveForced,
            Tcp => socket.IsInternet && socket.Type == Socket.Stream && OfTcp.Contains(name),
            Ip => socket.IsInternet && OfIp.Contains(name),
            Ip6 => socket.Family == SocketAddress.Internet6 && OfIp6.Contains(name),
            _ => false,
        };
        bool hasLevel = level == SocketLevel || (socket.IsInternet && (!reads || level is Tcp or Ip or Ip6));
        return knows ? 0 : hasLevel ? -Errno.ENOPROTOOPT : -Errno.EOPNOTSUPP;
    }

    private ulong Time(int name) => values.TryGetValue((SocketLevel, name), out byte[]? value)
        ? (ulong)Math.Clamp(
            (BinaryPrimitives.ReadInt64LittleEndian(value) is var seconds and >= 0 and < 1_000_000_000 ? seconds * 1_000_000_000 : 0) + (BinaryPrimitives.ReadInt64LittleEndian(value.AsSpan(8)) * 1000),
            0,
            long.MaxValue)
        : 0;

    private int Number(int level, int name) => values.TryGetValue((level, name), out byte[]? value) ? BinaryPrimitives.ReadInt32LittleEndian(value) : 0;

    private void Put(int level, int name, int number)
    {
        byte[] value = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(value, number);
        values[(level, name)] = value;
    }
}
