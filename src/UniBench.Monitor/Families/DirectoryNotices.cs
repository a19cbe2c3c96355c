using System.Buffers.Binary;
using UniBench.Host;
using UniBench.Monitor.Files;
using UniBench.Monitor.Memory;

namespace UniBench.Monitor.Families;

/// <summary>F_NOTIFY: who has a directory open is told by a signal what happens in it. One inotify instance of the host for a family, from the first such call on.</summary>
/// <remarks>What a process of the family does is told before its call returns; what others do on the host, by a thread.</remarks>
/// <param name="tell">Sends the signal that an owner asked for. Takes the family's gate.</param>
internal sealed class DirectoryNotices(FamilyBudget budget, Action<FileOwner> tell) : IDisposable
{
    private const uint All = NoticeEvents.Access | NoticeEvents.Modify | NoticeEvents.Create | NoticeEvents.Delete | NoticeEvents.Rename | NoticeEvents.Attrib;
    private const int EventHeader = 16, BufferBytes = 4096, StackBytes = 128 << 10;

    /// <summary>Events of inotify(7), and which of dnotify's they are.</summary>
    private static readonly (uint Host, uint Notice)[] Kinds =
    [
        (WatchEvents.Access, NoticeEvents.Access), (WatchEvents.Modify, NoticeEvents.Modify), (WatchEvents.Attrib, NoticeEvents.Attrib), (WatchEvents.Create, NoticeEvents.Create),
        (WatchEvents.MovedTo, NoticeEvents.Create), (WatchEvents.Delete, NoticeEvents.Delete), (WatchEvents.MovedFrom, NoticeEvents.Delete),
    ];

    private readonly Lock delivering = new(); // what one thread has read it has told before another returns; taken before the gates
    private readonly Lock gate = new();
    private readonly FileWatches watches = new(budget);
    private readonly List<Notice> notices = [];
    private readonly HostWaiter waiter = new();
    private Thread? thread;
    private int instance = -1;
    private PinnedBuffer? buffer;
    private volatile bool stopping;

    private sealed record Notice(OpenFile File, int Watch)
    {
        public uint Events { get; set; }
    }

    /// <summary>Tells of these events from now on, beside those that were asked for before.</summary>
    /// <param name="events">DN_*; none: no more.</param>
    /// <param name="path">Of the host, of the directory, NUL-terminated.</param>
    /// <returns>0 or -errno.</returns>
    public long Set(OpenFile directory, uint events, ReadOnlySpan<byte> path)
    {
        lock (gate)
        {
            if ((events & All) == 0)
            {
                return RemoveLocked(directory);
            }

            if (!TryStart(out long errno))
            {
                return errno;
            }

            uint mask = Kinds.Where(k => (events & k.Notice) != 0).Aggregate((events & NoticeEvents.Rename) != 0 ? WatchEvents.MovedFrom | WatchEvents.MovedTo : 0, (all, k) => all | k.Host);
            long watch = watches.Add(instance, path, mask | WatchEvents.MaskAdd);
            if (watch < 0)
            {
                return watch;
            }

            Notice? notice = notices.Find(n => n.File == directory);
            if (notice is null)
            {
                notices.Add(notice = new Notice(directory, (int)watch));
            }

            notice.Events |= events;
            return 0;
        }
    }

    /// <summary>The open file is closed.</summary>
    public void Remove(OpenFile directory)
    {
        lock (gate)
        {
            RemoveLocked(directory);
        }
    }

    /// <summary>Tells of what has happened so far.</summary>
    public void Deliver()
    {
        lock (delivering)
        {
            Read(out List<FileOwner> told);
            told.ForEach(tell);
        }
    }

    public void Dispose()
    {
        stopping = true;
        waiter.Wake();
        thread?.Join();
        waiter.Dispose();
        if (instance >= 0)
        {
            HostIo.Close(instance);
            watches.Closed();
        }
    }

    private void Read(out List<FileOwner> told)
    {
        told = [];
        lock (gate)
        {
            if (instance < 0)
            {
                return;
            }

            buffer ??= new PinnedBuffer(BufferBytes);
            for (long length; (length = HostIo.Read(instance, buffer.RangeFrom(0))) > 0;)
            {
                ReadOnlySpan<byte> events = buffer.RangeFrom(0).Span[..(int)length];
                watches.Read(events);
                Sort(events, told);
            }
        }
    }

    private bool TryStart(out long errno)
    {
        errno = 0;
        if (instance >= 0)
        {
            return true;
        }

        errno = -Errno.ENOMEM;
        if (!budget.TryTakeWatcher())
        {
            return false;
        }

        long made = HostCall.Invoke(LinuxCall.InotifyInit1, OpenFlags.Nonblock | OpenFlags.Cloexec);
        if (made < 0)
        {
            budget.GiveWatcher();
            return false;
        }

        instance = (int)made;
        thread = new Thread(Loop, StackBytes) { IsBackground = true, Name = "directory notices" };
        thread.Start();
        return true;
    }

    private void Sort(ReadOnlySpan<byte> events, List<FileOwner> told)
    {
        uint cookieBefore = 0;
        while (events.Length >= EventHeader)
        {
            int watch = BinaryPrimitives.ReadInt32LittleEndian(events);
            uint mask = BinaryPrimitives.ReadUInt32LittleEndian(events[4..]), cookie = BinaryPrimitives.ReadUInt32LittleEndian(events[8..]);
            bool renamed = (mask & WatchEvents.MovedTo) != 0 && cookie == cookieBefore; // within one directory: both halves come there, one after the other
            cookieBefore = (mask & WatchEvents.MovedFrom) != 0 ? cookie : 0;
            uint happened = Kinds.Where(k => (mask & k.Host) != 0).Aggregate(renamed ? NoticeEvents.Rename : 0, (all, k) => all | k.Notice);
            foreach (Notice notice in notices.Where(n => n.Watch == watch && (n.Events & happened) != 0).ToArray())
            {
                told.Add(notice.File.Owner);
                if ((notice.Events & NoticeEvents.Multishot) == 0)
                {
                    RemoveLocked(notice.File);
                }
            }

            uint name = BinaryPrimitives.ReadUInt32LittleEndian(events[12..]);
            events = events[(int)Math.Min(EventHeader + (long)name, events.Length)..];
        }
    }

    private long RemoveLocked(OpenFile directory)
    {
        if (notices.Find(n => n.File == directory) is { } notice)
        {
            notices.Remove(notice);
            if (!notices.Exists(n => n.Watch == notice.Watch))
            {
                watches.Remove(instance, notice.Watch);
            }
        }

        return 0;
    }

    private void Loop()
    {
        while (!stopping)
        {
            waiter.Enter();
            if (!stopping)
            {
                waiter.Wait([new PollEntry(instance, PollEvents.In, 0)], 0);
            }

            waiter.Leave();
            Deliver();
        }
    }
}
