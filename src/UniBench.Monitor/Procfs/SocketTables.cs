using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using UniBench.Monitor.Families;
using UniBench.Monitor.Segments;
using UniBench.Monitor.Sockets;

namespace UniBench.Monitor.Procfs;

/// <summary>Rows of /proc/net/unix, tcp, tcp6, udp, udp6: the family's sockets. Addresses of the kernel's are 0 there, as for whoever may not see them; so are queues of datagrams.</summary>
internal static class SocketTables
{
    private const int TcpWidth = 149, UdpWidth = 127, Established = 1, Close = 7, CloseWait = 8, Listen = 10;
    private const uint PeerHungUp = 0x2000;
    private const string Nowhere = "0000000000000000";

    public static string Unix(Family family) => Rows(family, s => s.Family == SocketAddress.Unix, (s, _) =>
    {
        const int Unconnected = 1, Connected = 3, Accepts = 0x10000;
        bool isConnected = s.State == SocketState.Connected, listens = s.State == SocketState.Listening;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{Nowhere}: {(isConnected ? 3 : 2):X8} {0:X8} {(listens ? Accepts : 0):X8} {s.Type:X4} {(isConnected ? Connected : Unconnected):X2} {s.Id,5}{PathOf(s.Name)}\n");
    });

    public static string Tcp(Family family, int internet) => Rows(
        family,
        s => s.Family == internet && s.Type == Socket.Stream && s.State is SocketState.Listening or SocketState.Connected,
        (s, row) =>
        {
            bool listens = s.State == SocketState.Listening;
            ulong unread = listens ? (ulong)s.Waiting : s.InRing?.Unread ?? 0, unsent = s.OutRing?.Unread ?? 0;
            int state = listens ? Listen : s.InRing is { } ring && (Ring.PollSocket(ring, s.OutRing) & PeerHungUp) != 0 ? CloseWait : Established;
            string text = string.Create(
                CultureInfo.InvariantCulture,
                $"{row,4}: {Ends(s)} {state:X2} {unsent:X8}:{unread:X8} 00:00000000 00000000 {s.Owner.User,5} {0,8} {s.Id} 1 {Nowhere} {(listens ? "100 0 0 10 0" : "20 0 0 10 -1")}");
            return (internet == SocketAddress.Internet ? text.PadRight(TcpWidth) : text) + "\n";
        });

    public static string Udp(Family family, int internet) => Rows(
        family,
        s => s.Family == internet && s.Type == Socket.Datagram && s.Name is not null,
        (s, row) =>
        {
            string text = string.Create(
                CultureInfo.InvariantCulture,
                $"{row,5}: {Ends(s)} {(s.Peer is null ? Close : Established):X2} {0:X8}:{0:X8} 00:00000000 00000000 {s.Owner.User,5} {0,8} {s.Id} 2 {Nowhere} 0");
            return (internet == SocketAddress.Internet ? text.PadRight(UdpWidth) : text) + "\n";
        });

    private static string Rows(Family family, Func<Socket, bool> belongs, Func<Socket, int, string> row)
    {
        if (family.UsedSockets is not { } names)
        {
            return string.Empty;
        }

        StringBuilder text = new();
        lock (names.Gate)
        {
            int count = 0;
            foreach (Socket socket in names.All.Where(belongs).OrderBy(s => s.State != SocketState.Listening))
            {
                text.Append(row(socket, count++));
            }
        }

        return text.ToString();
    }

    /// <summary>A path as it is, an abstract name with @ for its zeros; nothing where there is none.</summary>
    private static string PathOf(SocketAddress? name) => name switch
    {
        null or { IsUnnamed: true } => string.Empty,
        { IsAbstract: true } => " " + name.AbstractName.Replace('\0', '@'),
        _ => " " + name.Path,
    };

    private static string Ends(Socket socket) => $"{End(socket, socket.Name)} {End(socket, socket.Peer)}";

    private static string End(Socket socket, SocketAddress? address)
    {
        Span<byte> bytes = stackalloc byte[16];
        int length = 0;
        bool isFour = socket.Family == SocketAddress.Internet;
        if (address is not null)
        {
            System.Net.IPAddress at = isFour ? address.Internets.MapToIPv4() : address.Internets.MapToIPv6();
            at.TryWriteBytes(bytes, out length);
        }

        StringBuilder text = new();
        for (int word = 0; word < (isFour ? 4 : 16); word += 4)
        {
            text.Append(CultureInfo.InvariantCulture, $"{(length == 0 ? 0 : BinaryPrimitives.ReadUInt32LittleEndian(bytes[word..])):X8}");
        }

        return text.Append(CultureInfo.InvariantCulture, $":{address?.Port ?? 0:X4}").ToString();
    }
}
