using UniBench.Host;
using UniBench.Monitor.Abi;
using UniBench.Monitor.Events;
using UniBench.Monitor.Ipc;
using UniBench.Monitor.Processes;
using UniBench.Monitor.Sockets;

namespace UniBench.Monitor.Files;

/// <summary>An open file description that the monitor keeps. O_NONBLOCK is kept here: what the caller lent stays as it is on the host.</summary>
internal sealed class OpenFile
{
    private const uint SocketMode = 0xc1ff;
    private const ulong SocketDevice = 8;
    private static long lastOwner;
    private long? polled;
    private FileOwner? owner;

    /// <param name="entry">What it is, if that is known.</param>
    public OpenFile(int descriptor, string? path, HostEntry? entry = null)
    {
        Descriptor = descriptor;
        Path = path;
        Entry = entry ?? (descriptor < 0 ? null : HostEntry.Of(descriptor)) ?? default;
        IsTerminal = Entry.IsCharacterDevice && HostIo.IsTerminal(descriptor);
    }

    public int Descriptor { get; }

    /// <summary>Its absolute path in the guest, if it was opened by one; where the family has moved it since.</summary>
    public string? Path { get; set; }

    /// <summary>As it was when it was opened.</summary>
    public HostEntry Entry { get; }

    public bool IsTerminal { get; }

    /// <summary>Of an end of a pair that the family has opened: the pair.</summary>
    public Terminal? Terminal { get; init; }

    /// <summary>It is the end at which somebody types.</summary>
    public bool IsMaster { get; init; }

    /// <summary>A write to it may block although poll said it is ready, if it is longer than PIPE_BUF.</summary>
    public bool IsPipe => Entry.IsFifo || Entry.IsSocket;

    /// <summary>A socket of the family's or of the host's, which no path leads to.</summary>
    public bool IsSocket => Socket is not null || Entry.IsSocket;

    public bool IsRegular => Entry.IsRegular;

    /// <summary>The host's descriptor never blocks: it is ours alone.</summary>
    public bool NeverBlocks { get; init; }

    /// <summary>Whether the mount allows writing; decides over opening it again by its number.</summary>
    public bool MayWrite { get; init; } = true;

    /// <summary>Its mode, owner and times are the family's to change: it lies beneath a mount, or is a memfd.</summary>
    public bool IsOwn { get; init; }

    /// <summary>Where its size is charged, if it is a memfd.</summary>
    public MemoryFiles? Memory { get; init; }

    /// <summary>What it was opened as, if it is one of those.</summary>
    public SpecialFile? Special { get; init; }

    /// <summary>A POSIX message queue, of which the descriptor only tells whether there are messages; reads tell of it in text.</summary>
    public PosixQueue? Queue { get; init; }

    /// <summary>What an inotify instance watches.</summary>
    public FileWatches? Watches { get; init; }

    /// <summary>An epoll set, of which the descriptor is the host's part.</summary>
    public EpollSet? Set { get; init; }

    /// <summary>A socket of the family's own, of which the host knows nothing: there is no descriptor.</summary>
    public Socket? Socket { get; init; }

    /// <summary>A socket of datagrams: what comes for it is read from the descriptor.</summary>
    public Socket? Datagrams { get; init; }

    /// <summary>Nobody has it any more: what watches it stops.</summary>
    public event Action? Closing;

    /// <summary>Of a descriptor of pidfd_open: the process; 0 for all else.</summary>
    public int Process { get; init; }

    /// <summary>Access mode of a message queue, or of a file that the monitor makes.</summary>
    public int Access { get; init; }

    /// <summary>The descriptor only tells whether something has happened; there are no bytes.</summary>
    public bool IsOnlyPolled => Process != 0;

    /// <summary>The caller's: never closed.</summary>
    public bool IsBorrowed { get; init; }

    public bool NonBlocking { get; set; }

    /// <summary>An epoll descriptor of the host that tells of edges; -1: nobody asked for them.</summary>
    public int Edges { get; private set; } = -1;

    /// <summary>What the library OS has to know of it, beside its handle.</summary>
    public int OpenBits => (IsRegular ? GuestLayout.OpenRegular : 0) | (Set is not null ? GuestLayout.OpenSet : 0) | (Datagrams is not null ? GuestLayout.OpenDatagrams : 0);

    /// <returns>0, or -EPERM for what is always ready: the host knows.</returns>
    public long CheckPolled() => polled ??= HostEdges.Check(Descriptor);

    /// <summary>From now on, what is there already counts as new, and what comes.</summary>
    public long WatchEdges()
    {
        if (Edges < 0)
        {
            Edges = HostEdges.Create(Descriptor);
            return Edges < 0 ? Edges : 0;
        }

        return HostEdges.Rearm(Edges, Descriptor);
    }

    public void Close()
    {
        Closing?.Invoke();
        Set?.Close();
        if (Socket is { } socket)
        {
            socket.Names.Close(socket);
            return;
        }

        Datagrams?.Names.Close(Datagrams);

        if (Edges >= 0)
        {
            HostIo.Close(Edges);
        }

        if (Terminal is PseudoTerminal pair)
        {
            if (IsMaster)
            {
                pair.MasterCloses();
            }
            else
            {
                pair.SlaveCloses(Descriptor);
            }
        }

        if (!IsBorrowed)
        {
            HostIo.Close(Descriptor);
        }

        Queue?.Released();
        Watches?.Closed();
        Memory?.Closed(Entry);
        Text?.Close();
    }

    /// <summary>Of a file that the monitor makes: its bytes. The descriptor is nobody's then.</summary>
    public OpenText? Text { get; init; }

    /// <summary>Of a directory that the monitor makes: what it lists, since it was last read from its beginning.</summary>
    public IReadOnlyList<string>? Names { get; set; }

    /// <summary>Which file it is, whatever its name.</summary>
    public (ulong Device, ulong Inode) Identity => (Entry.Device, Entry.Inode);

    /// <summary>Whom it tells of what happens to it.</summary>
    public FileOwner Owner => LazyInitializer.EnsureInitialized(ref owner);

    /// <summary>As the owner of locks: negative, never used twice.</summary>
    public long LockOwner { get; } = Interlocked.Decrement(ref lastOwner);

    /// <summary>It was asked for a lock of its own.</summary>
    public bool MayHaveLocks { get; set; }

    /// <summary>In <see cref="Names"/>.</summary>
    public int Position { get; set; }

    /// <summary>It is a directory that the monitor makes.</summary>
    public SpecialFile.Directory? Listed => Special as SpecialFile.Directory;

    /// <summary>O_PATH | O_NOFOLLOW of a link that the monitor makes: the link itself.</summary>
    public bool IsLink { get; init; }

    /// <summary>The monitor makes what is read from it; the descriptor is only there to be polled.</summary>
    public bool IsGenerated => Text is not null || Listed is not null || IsLink;

    /// <summary>What fstat(2) says of such a file, of a socket, and of a terminal under the name that all have; null of others.</summary>
    public SpecialStatus? Status => (Socket ?? Datagrams) is { } socket ? new SpecialStatus(SocketMode, socket.Id, 0, 1, 0, (socket.Owner.User, socket.Owner.Group), SocketDevice) : (IsGenerated || Special is SpecialFile.Terminal) && Special is { } special ? SpecialStatus.Of(special, Path ?? string.Empty, follow: !IsLink) : null;

    /// <summary>O_* flags of the open file description, without O_CLOEXEC.</summary>
    public int Flags
    {
        get
        {
            const int ReadsAndWrites = 2;
            int own = Socket is not null ? ReadsAndWrites : Queue is not null ? Access : HostIo.GetFlags(Descriptor);
            own = Text is not null ? (own & ~OpenFlags.Accmode) | Access : own;
            return own < 0 ? own : (own & ~OpenFlags.Nonblock & ~OpenFlags.Cloexec) | (NonBlocking ? OpenFlags.Nonblock : 0);
        }
    }

    /// <summary>What /proc/PID/fd shows, a char for each byte: the path in the guest's tree, marked as the host marks what was deleted.</summary>
    public string Name
    {
        get
        {
            const string Deleted = " (deleted)";
            if ((Socket ?? Datagrams) is { } socket)
            {
                return FormattableString.Invariant($"socket:[{socket.Id}]");
            }

            if (Process != 0)
            {
                return "anon_inode:[pidfd]";
            }

            string onHost = IsGenerated ? string.Empty : PathText.Of(HostIo.NameOf(Descriptor));
            return Path is null ? onHost : onHost.EndsWith(Deleted, StringComparison.Ordinal) ? Path + Deleted : Path;
        }
    }

    /// <summary>The mount that it was opened beneath; null for none.</summary>
    public MountPoint? Mount { get; init; }

    /// <summary>Processes that hold it. Guarded by the table.</summary>
    public int Holders { get; set; }
}
