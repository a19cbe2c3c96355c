using System.Buffers.Binary;
using System.Text;
using UniBench.Host;
using UniBench.Monitor.Files;
using IPAddress = System.Net.IPAddress;

namespace UniBench.Monitor.Sockets;

/// <summary>struct sockaddr as a program has it: of the Unix family a path, a name of the abstract ones or nothing; of the Internet families address and port.</summary>
internal sealed record SocketAddress(byte[] Bytes)
{
    public const int Unix = 1, Internet = 2, Internet6 = 10;
    private const int UnixPath = 2, InternetBytes = 16, Internet6Bytes = 28, Internet6Short = 24;

    /// <summary>Of the Unix family: no name.</summary>
    public static SocketAddress Unnamed { get; } = new([Unix, 0]);

    public int Family => Bytes.Length >= 2 ? BinaryPrimitives.ReadUInt16LittleEndian(Bytes) : 0;

    /// <summary>Of the Unix family: the family alone. Who binds to it gets a name.</summary>
    public bool IsUnnamed => Bytes.Length <= UnixPath;

    public bool IsAbstract => Bytes.Length > UnixPath && Bytes[UnixPath] == 0;

    /// <summary>Where it leads in the tree, a char for each byte.</summary>
    public string Path
    {
        get
        {
            ReadOnlySpan<byte> path = Bytes.AsSpan(UnixPath);
            int end = path.IndexOf((byte)0);
            return PathText.Of(end < 0 ? path : path[..end]);
        }
    }

    /// <summary>What tells abstract names apart.</summary>
    public string AbstractName => Encoding.Latin1.GetString(Bytes.AsSpan(UnixPath));

    /// <summary>Whether a socket of that family can have it: 0 or -errno.</summary>
    public long CheckFor(int family) => family switch
    {
        Internet when Bytes.Length < InternetBytes => -Errno.EINVAL,
        Internet6 when Bytes.Length < Internet6Short => -Errno.EINVAL,
        _ => Family == family ? 0 : family == Unix ? -Errno.EINVAL : -Errno.EAFNOSUPPORT,
    };

    public int Port => BinaryPrimitives.ReadUInt16BigEndian(Bytes.AsSpan(2));

    public IPAddress Internets => Family == Internet ? new IPAddress(Bytes.AsSpan(4, 4)) : new IPAddress(Bytes.AsSpan(8, 16));

    /// <summary>As Linux gives a path back: with the 0 behind it.</summary>
    public static SocketAddress OfPath(string path) => new([Unix, 0, .. PathText.ToKernel(path)]);

    public static SocketAddress OfAbstract(string name) => new([Unix, 0, .. Encoding.Latin1.GetBytes(name)]);

    /// <summary>All addresses of an Internet family.</summary>
    public static IPAddress AnyOf(int family) => family == Internet ? IPAddress.Any : IPAddress.IPv6Any;

    public static SocketAddress OfInternet(int family, IPAddress address, int port)
    {
        byte[] bytes = new byte[family == Internet ? InternetBytes : Internet6Bytes];
        BinaryPrimitives.WriteUInt16LittleEndian(bytes, (ushort)family);
        BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(2), (ushort)port);
        (family == Internet ? address.MapToIPv4() : address.MapToIPv6()).GetAddressBytes().CopyTo(bytes, family == Internet ? 4 : 8);
        return new SocketAddress(bytes);
    }
}
