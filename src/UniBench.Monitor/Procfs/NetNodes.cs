using UniBench.Monitor.Families;
using UniBench.Monitor.Files;
using UniBench.Monitor.Sockets;

namespace UniBench.Monitor.Procfs;

/// <summary>/proc/PID/net: the family's sockets; it has no network, so other tables have headers alone.</summary>
internal static class NetNodes
{
    private const string Inet = "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode";
    private const string Inet6 = "  sl  local_address                         remote_address                        st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode";

    private static readonly (string Name, string Header)[] Tables =
    [
        ("arp", "IP address       HW type     Flags       HW address            Mask     Device\n"),
        ("dev", "Inter-|   Receive                                                |  Transmit\n"
            + " face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls carrier compressed\n"),
        ("dev_mcast", string.Empty),
        ("icmp", " " + Inet + " ref pointer drops             \n"),
        ("if_inet6", string.Empty),
        ("igmp", "Idx\tDevice    : Count Querier\tGroup    Users Timer\tReporter\n"),
        ("netlink", "sk               Eth Pid        Groups   Rmem     Wmem     Dump  Locks    Drops    Inode\n"),
        ("packet", "sk               RefCnt Type Proto  Iface R Rmem   User   Inode\n"),
        ("raw", Inet + " ref pointer drops\n"),
        ("raw6", Inet6 + " ref pointer drops\n"),
        ("route", "Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT                                                       \n"),
        ("tcp", Inet + "                                                     \n"),
        ("tcp6", Inet6 + "\n"),
        ("udp", " " + Inet + " ref pointer drops            \n"),
        ("udp6", Inet6 + " ref pointer drops\n"),
        ("udplite", " " + Inet + " ref pointer drops            \n"),
        ("udplite6", Inet6 + " ref pointer drops\n"),
        ("unix", "Num       RefCount Protocol Flags    Type St Inode Path\n"),
    ];

    private static readonly NodeTable<ProcessContext> Table = new([.. Tables.Select(t => (t.Name, (Func<ProcessContext, SpecialFile?>)(c => new SpecialFile.Text(() => t.Header + Sockets(c.Family, t.Name)))))]);

    private static string Sockets(Family family, string table) => table switch
    {
        "unix" => SocketTables.Unix(family),
        "tcp" => SocketTables.Tcp(family, SocketAddress.Internet),
        "tcp6" => SocketTables.Tcp(family, SocketAddress.Internet6),
        "udp" => SocketTables.Udp(family, SocketAddress.Internet),
        "udp6" => SocketTables.Udp(family, SocketAddress.Internet6),
        _ => string.Empty,
    };

    public static SpecialFile? Open(ProcessContext context) => context.Process.IsZombie ? null : Table.Open(context);
}
