using UniBench.Host;
using UniBench.Monitor.Memory;
using UniBench.Monitor.Segments;
using IPAddress = System.Net.IPAddress;

namespace UniBench.Monitor.Sockets;

/// <summary>The sockets of a family: which names lead to which, and how one reaches another. Nobody outside of the family is in it.</summary>
/// <remarks>Its gate comes before those of rings, and behind that of the family's open files.</remarks>
/// <param name="wake">Wakes a process that waits in a call of its own.</param>
/// <param name="freed">Told of a ring that nobody holds any more.</param>
internal sealed class SocketNamespace(SegmentTable segments, FamilyBudget budget, Action<ISegmentHolder> wake, Action<Ring> freed)
{
    public const int MostWaiting = 4096; // net.core.somaxconn
    private const int FirstPort = 32768, LastPort = 60999;
    private readonly Dictionary<(ulong Device, ulong Inode), Socket> byFile = [];
    private readonly Dictionary<(int Type, string Name), Socket> byName = []; // each type has names of its own
    private readonly List<Socket> byPort = [];
    private ulong lastId = 20000;
    private int nextName, nextPort = FirstPort;

    public Lock Gate { get; } = new();

    /// <summary>Sockets that a program has open, or that wait to be accepted.</summary>
    public List<Socket> All { get; } = [];

    /// <summary>What was on its way to sockets that are closed.</summary>
    public Queue<Passage> Abandoned { get; } = new();

    /// <param name="box">Of datagrams: see <see cref="Socket.Box"/>.</param>
    public Socket New(int family, int type, int protocol, PeerIdentity owner, int box = -1)
    {
        lock (Gate)
        {
            Socket made = new(this, family, type, protocol, ++lastId, owner) { Box = box };
            All.Add(made);
            return made;
        }
    }

    /// <returns>Two rings that nobody holds, or null where the family may have no more.</returns>
    public Connection? NewConnection()
    {
        Ring? first = segments.CreateRing(budget), second = first is null ? null : segments.CreateRing(budget);
        if (first is not null && second is not null)
        {
            return new Connection(first, second);
        }

        if (first is not null)
        {
            segments.Free(first);
        }

        return null;
    }

    public Ring? NewRing() => segments.CreateRing(budget);

    public void Wake(ISegmentHolder process) => wake(process);

    /// <summary>A holder lets all of a ring go; the last one gives its memory back.</summary>
    public void Release(Ring ring, ISegmentHolder holder)
    {
        bool isFree;
        lock (ring.Gate)
        {
            bool held = ring.IsHeld;
            ring.Release(holder);
            isFree = held && !ring.IsHeld;
            if (isFree)
            {
                segments.Free(ring);
            }
        }

        if (isFree)
        {
            freed(ring);
        }
    }

    /// <summary>Binds to a file of the host, which was made for it.</summary>
    public void BindFile(Socket socket, (ulong Device, ulong Inode) file, SocketAddress name)
    {
        (socket.Name, socket.File) = (name, file);
        byFile[file] = socket;
    }

    /// <returns>0 or -errno.</returns>
    public long BindName(Socket socket, SocketAddress name)
    {
        if (!byName.TryAdd((socket.Type, name.AbstractName), socket))
        {
            return -Errno.EADDRINUSE;
        }

        socket.Name = name;
        return 0;
    }

    /// <summary>A name that nobody has: five hexadecimal digits.</summary>
    public long BindAnyName(Socket socket)
    {
        const int Names = 0x100000;
        for (int tried = 0; tried < Names; tried++)
        {
            nextName = (nextName + 1) % Names;
            if (BindName(socket, SocketAddress.OfAbstract(FormattableString.Invariant($"\0{nextName:x5}"))) == 0)
            {
                return 0;
            }
        }

        return -Errno.ENOSPC;
    }

    /// <returns>0 or -errno.</returns>
    public long BindPort(Socket socket, IPAddress address, int port)
    {
        if (!IsLocal(address))
        {
            return -Errno.EADDRNOTAVAIL;
        }

        if (port == 0)
        {
            for (int tried = 0; tried <= LastPort - FirstPort && port == 0; tried++)
            {
                int candidate = nextPort;
                nextPort = nextPort == LastPort ? FirstPort : nextPort + 1;
                port = byPort.Exists(s => s.Name!.Port == candidate) ? 0 : candidate;
            }

            if (port == 0)
            {
                return -Errno.EADDRINUSE;
            }
        }
        else if (byPort.Exists(s => Conflicts(s, socket, address, port)))
        {
            return -Errno.EADDRINUSE;
        }

        socket.Name = SocketAddress.OfInternet(socket.Family, address, port);
        byPort.Add(socket);
        return 0;
    }

    /// <summary>Another one that listens has the same port: what SO_REUSEADDR allows while neither does.</summary>
    public bool IsPortTaken(Socket socket) =>
        byPort.Exists(s => s != socket && s.State == SocketState.Listening && Overlaps(s, socket, socket.Name!.Internets, socket.Name.Port) && !(s.Options.ReusesPort && socket.Options.ReusesPort));

    public Socket? AtFile((ulong, ulong) file) => byFile.GetValueOrDefault(file);

    public Socket? AtName(SocketAddress name, int type) => byName.GetValueOrDefault((type, name.AbstractName));

    /// <summary>Who listens there; of several that share a port one after another.</summary>
    public Socket? AtPort(IPAddress address, int port)
    {
        bool isFour = address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetwork || address.IsIPv4MappedToIPv6;
        Socket? best = null;
        foreach (Socket socket in byPort)
        {
            if (socket.State != SocketState.Listening || socket.Name!.Port != port || (isFour ? socket.Family == SocketAddress.Internet6 && socket.Options.OnlyInternet6 : socket.Family != SocketAddress.Internet6))
            {
                continue;
            }

            bool exact = socket.Name.Internets.MapToIPv6().Equals(address.MapToIPv6());
            if (!exact && !IsAny(socket.Name.Internets))
            {
                continue;
            }

            bool isBetter = best is null || (exact && IsAny(best.Name!.Internets)) || (exact == !IsAny(best.Name!.Internets) && socket.Waiting < best.Waiting);
            best = isBetter ? socket : best;
        }

        return best;
    }

    /// <summary>Whose datagrams those to that address are.</summary>
    public Socket? DatagramsAt(IPAddress address, int port)
    {
        bool isFour = address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetwork || address.IsIPv4MappedToIPv6;
        return byPort.Where(s => s.Type == Socket.Datagram && s.Name!.Port == port
                && (isFour ? s.Family != SocketAddress.Internet6 || !s.Options.OnlyInternet6 : s.Family == SocketAddress.Internet6)
                && (IsAny(s.Name.Internets) || s.Name.Internets.MapToIPv6().Equals(address.MapToIPv6())))
            .MinBy(s => IsAny(s.Name!.Internets));
    }

    /// <summary>The family's own: 127.0.0.0/8 and ::1, and what means all addresses.</summary>
    public static bool IsLocal(IPAddress address) => IPAddress.IsLoopback(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address) || IsAny(address);

    public static bool IsAny(IPAddress address) => address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any) || (address.IsIPv4MappedToIPv6 && address.MapToIPv4().Equals(IPAddress.Any));

    /// <summary>Nobody has it open any more. Called with the gate of open files held.</summary>
    public void Close(Socket socket)
    {
        lock (Gate)
        {
            Forget(socket);
            bool listened = socket.State == SocketState.Listening;
            socket.State = SocketState.Closed;
            while (listened && socket.Accept() is { } lost)
            {
                lost.InRing!.Reset();
                Abandon(lost);
                lost.LetRingsGo();
                All.Remove(lost);
            }

            socket.WakeConnecting();
            Abandon(socket);
            socket.LetRingsGo();
            if (socket.Box >= 0)
            {
                HostIo.Close(socket.Box);
                budget.GiveFile();
            }
        }
    }

    private void Abandon(Socket socket)
    {
        if (socket.Connection is { } connection)
        {
            connection.Coming(socket.End).TakeAll().ForEach(Abandoned.Enqueue);
        }
    }

    /// <summary>Its name leads nowhere from now on.</summary>
    public void Forget(Socket socket)
    {
        All.Remove(socket);
        if (socket.File is { } file && byFile.GetValueOrDefault(file) == socket)
        {
            byFile.Remove(file);
        }

        if (socket.Name is { IsAbstract: true } name && byName.GetValueOrDefault((socket.Type, name.AbstractName)) == socket)
        {
            byName.Remove((socket.Type, name.AbstractName));
        }

        byPort.Remove(socket);
    }

    private static bool Conflicts(Socket there, Socket socket, IPAddress address, int port) =>
        Overlaps(there, socket, address, port)
        && !(there.Options.ReusesPort && socket.Options.ReusesPort && there.Owner.User == socket.Owner.User)
        && !(there.Options.ReusesAddress && socket.Options.ReusesAddress && there.State != SocketState.Listening);

    private static bool Overlaps(Socket there, Socket socket, IPAddress address, int port)
    {
        if (there.Name!.Port != port || there.Type != socket.Type)
        {
            return false;
        }

        bool bothFamilies = there.Family == socket.Family
            || (there.Family == SocketAddress.Internet6 ? !there.Options.OnlyInternet6 : !socket.Options.OnlyInternet6);
        IPAddress other = there.Name.Internets;
        return bothFamilies && (IsAny(other) || IsAny(address) || other.MapToIPv6().Equals(address.MapToIPv6()));
    }
}
