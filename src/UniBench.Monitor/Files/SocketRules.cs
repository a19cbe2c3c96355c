using UniBench.Host;

namespace UniBench.Monitor.Files;

/// <summary>What guests may make of the host's sockets: pairs of the Unix family, and the options that concern nobody but the pair.</summary>
internal static class SocketRules
{
    private const int UnixFamily = 1, SocketLevel = 1;
    private const int Stream = 1, Datagram = 2, SequencedPacket = 5;

    // REUSEADDR DONTROUTE BROADCAST SNDBUF RCVBUF KEEPALIVE OOBINLINE LINGER PASSCRED RCVLOWAT SNDLOWAT RCVTIMEO SNDTIMEO TIMESTAMP
    private static readonly long[] Both = [2, 5, 6, 7, 8, 9, 10, 13, 16, 18, 19, 20, 21, 29];
    private static readonly long[] OnlyRead = [3, 4, 30, 38, 39]; // TYPE ERROR ACCEPTCONN PROTOCOL DOMAIN

    /// <summary>socketpair(2).</summary>
    /// <param name="type">Without flags.</param>
    /// <returns>0 or -errno.</returns>
    public static long CheckPair(long family, long type, long protocol) =>
        family != UnixFamily ? -Errno.EAFNOSUPPORT
        : type is not (Stream or Datagram or SequencedPacket) ? -Errno.ESOCKTNOSUPPORT
        : protocol is not (0 or UnixFamily) ? -Errno.EPROTONOSUPPORT
        : 0;

    /// <summary>getsockopt(2) and setsockopt(2).</summary>
    /// <returns>0 or -errno.</returns>
    public static long CheckOption(long level, long name, bool sets) =>
        level == SocketLevel && (Both.Contains(name) || (!sets && OnlyRead.Contains(name))) ? 0 : -Errno.ENOPROTOOPT;
}
