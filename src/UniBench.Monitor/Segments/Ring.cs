using System.Runtime.InteropServices;
using UniBench.Host;
using UniBench.Monitor.Abi;
using UniBench.Monitor.Events;
using UniBench.Monitor.Files;

namespace UniBench.Monitor.Segments;

/// <summary>A pipe: a header page and data in a segment. The bytes are the processes' business; this is what the monitor does with the header.</summary>
internal sealed partial class Ring : Segment
{
    public const int Reader = GuestLayout.Reader;
    public const int Writer = GuestLayout.Writer;
    private static readonly long WaitingOffset = Marshal.OffsetOf<RingHeader>(nameof(RingHeader.Waiting));
    private readonly FileOwner?[] owners = new FileOwner?[2]; // by side
    private readonly List<RingMember> watchers = [];
    private int asyncSides, toTell; // a bit for each side

    /// <summary>An empty pipe of the default capacity.</summary>
    /// <param name="id">Its inode number; never used twice.</param>
    public Ring(int index, HostMemory backing, uint id)
        : base(index, backing)
    {
        Memory.Slice(0, GuestLayout.Page).Span.Clear();
        Header.Capacity = GuestLayout.RingCapacity;
        Header.InlinePos = ulong.MaxValue;
        Header.Id = Id = id;
    }

    /// <summary>The pipe's inode number.</summary>
    public uint Id { get; }

    /// <summary>What processes open by name; null for a pipe without one.</summary>
    public Fifo? Fifo { get; private set; }

    /// <summary>Bytes written so far and those of them not read yet, as the processes that hold it say.</summary>
    public (ulong Written, ulong Inside) Traffic
    {
        get
        {
            ulong tail = Volatile.Read(ref Header.Tail), head = Volatile.Read(ref Header.Head);
            return (head, head - tail);
        }
    }

    private ref RingHeader Header => ref Memory.At<RingHeader>(0);

    protected override void Taken(int ends, bool isFirst) => Count(ends, 1);

    /// <summary>The other side is woken when its last peer is gone.</summary>
    protected override void LetGo(int ends, bool isCounted)
    {
        EndWatchers();
        if (isCounted)
        {
            return;
        }

        Count(ends, -1);
        for (int side = 0; side < 2; side++)
        {
            if ((ends >> side & 1) != 0 && Header.Ends[side] == 0)
            {
                Wake(1 - side);
            }
        }
    }

    /// <summary>Makes the header's count of a side what the book says: a process was killed while it changed it.</summary>
    public void Recount(int side)
    {
        int count = Holders.Count(h => (h.Ends >> side & 1) != 0 && !h.Holder.HasLetGo(this, side));
        Interlocked.Exchange(ref Header.Ends[side], (uint)count);
        if (count == 0)
        {
            Wake(1 - side);
        }
    }

    /// <summary>Wakes who waits on a side. Lowers the flag first: whoever raises it again looks at the ring afterwards.</summary>
    /// <param name="by">Who asks for it; null where the book's keeping does.</param>
    public void Wake(int side, ISegmentHolder? by = null)
    {
        if ((Interlocked.Exchange(ref Header.Waiting[side], 0) & GuestLayout.WaitsHere) != 0)
        {
            int woken = HostFutex.Wake(Memory.Slice(WaitingOffset + (side * sizeof(uint)), sizeof(uint)));
            if (Holders.Count > 0)
            {
                Holders[0].Holder.CountWoken(woken);
            }
        }

        foreach ((ISegmentHolder holder, int ends) in Holders)
        {
            if ((ends >> side & 1) != 0)
            {
                holder.RingChanged(this, by);
            }
        }

        foreach (RingMember watcher in watchers)
        {
            if ((watcher.SidesOf(this) >> side & 1) != 0)
            {
                watcher.Changed();
            }
        }

        if ((asyncSides >> side & 1) != 0)
        {
            toTell |= 1 << side;
            Interlocked.Or(ref Header.Waiting[side], GuestLayout.WaitsInMonitor); // the next change, too
        }
    }

    /// <summary>An epoll set hears of changes from now on. It holds no end.</summary>
    public void Watch(RingMember watcher) => watchers.Add(watcher);

    public void Unwatch(RingMember watcher) => watchers.Remove(watcher);

    /// <summary>The next change that these ends wait for comes to the monitor.</summary>
    /// <param name="ends">Bit 0 the read end, bit 1 the write end.</param>
    /// <returns>True: a change of a moment ago may not (ring.c: streams).</returns>
    public bool Arm(int ends)
    {
        bool unsettled = false;
        for (int side = 0; side < 2; side++)
        {
            if ((ends >> side & 1) != 0)
            {
                Interlocked.Or(ref Header.Waiting[side], GuestLayout.WaitsInMonitor);
                unsettled |= Volatile.Read(ref Header.Streaming[1 - side]) != 0 && Interlocked.Exchange(ref Header.Streaming[1 - side], 0) != 0;
            }
        }

        return unsettled;
    }

    /// <summary>POLL* bits of these ends, as pipe_poll of the library OS has them.</summary>
    /// <param name="since">Of a FIFO: writers that do not count as having been there.</param>
    public uint Poll(int ends, uint since)
    {
        const uint In = 0x41, Out = 0x104, Error = 8, HungUp = 16;
        const ulong PacketHead = 4;
        const uint Packets = 0x4000;
        ulong tail = Volatile.Read(ref Header.Tail), used = Volatile.Read(ref Header.Head) - tail, capacity = Volatile.Read(ref Header.Capacity);
        uint events = 0;
        if ((ends & 1) != 0)
        {
            bool awaitsWriter = since != 0 && (Volatile.Read(ref Header.WriterOpens) % GuestLayout.OpenSinceMask) + 1 == since;
            events |= (used != 0 ? In : 0) | (Volatile.Read(ref Header.Ends[Writer]) != 0 || awaitsWriter ? 0 : HungUp);
        }

        if ((ends & 2) != 0)
        {
            ulong least = GuestLayout.PipeBuf + ((Volatile.Read(ref Header.Flags[Writer]) & Packets) != 0 ? PacketHead : 0);
            events |= (capacity - used >= least ? Out : 0) | (Volatile.Read(ref Header.Ends[Reader]) != 0 ? 0 : Error);
        }

        return events;
    }

    /// <summary>What changes when there is more to read or more room, as pipe_progress of the library OS has it.</summary>
    public ulong Progress(uint events)
    {
        const uint In = 1;
        ulong moved = Volatile.Read(ref (events & In) != 0 ? ref Header.Head : ref Header.Tail);
        return (moved * 4) + (Volatile.Read(ref Header.Ends[Writer]) != 0 ? 0 : 2u) + (Volatile.Read(ref Header.Ends[Reader]) != 0 ? 0 : 1u) + 4;
    }

    /// <summary>Whom a side tells of changes, once it is told to.</summary>
    public FileOwner OwnerOf(int side) => LazyInitializer.EnsureInitialized(ref owners[side]);

    /// <summary>O_ASYNC of a side: every change is told to its owner from now on, or no more.</summary>
    public void SetAsync(int side, bool on, int descriptor)
    {
        OwnerOf(side).Descriptor = descriptor;
        asyncSides = (asyncSides & ~(1 << side)) | (on ? 1 << side : 0);
        if (on)
        {
            Interlocked.Or(ref Header.Waiting[side], GuestLayout.WaitsInMonitor);
            Interlocked.Exchange(ref Header.Streaming[1 - side], 0);
        }
    }

    /// <summary>There are owners that <see cref="TakeToTell"/> would give.</summary>
    public bool HasToTell => Volatile.Read(ref toTell) != 0;

    /// <summary>Owners that are to be told of a change, with their sides; once.</summary>
    public IReadOnlyList<(FileOwner Owner, int Side)> TakeToTell()
    {
        int sides = Interlocked.Exchange(ref toTell, 0);
        return [.. Enumerable.Range(0, 2).Where(s => (sides >> s & 1) != 0 && HasSide(s)).Select(s => (OwnerOf(s), s))];
    }

    /// <summary>Processes may open it by name at any time.</summary>
    public void MakeNamed(Fifo fifo)
    {
        Fifo = fifo;
        Header.Named = 1;
    }

    /// <summary>A FIFO was opened for writing.</summary>
    public void WriterOpened() => Header.WriterOpens++;

    /// <summary>Whether a process holds that side.</summary>
    public bool HasSide(int side) => IsHeld && Header.Ends[side] != 0;

    /// <summary>Frees locks that a dead process held. The indices are consistent at every instant, so nothing else needs repair.</summary>
    public void BreakLocks(uint pid)
    {
        Interlocked.CompareExchange(ref Header.WriterLock, 0, pid);
        Interlocked.CompareExchange(ref Header.ReaderLock, 0, pid);
    }

    /// <summary>Frees locks whose owner, as written, holds no end.</summary>
    public void BreakStrayLocks()
    {
        foreach (uint owner in (uint[])[Header.WriterLock, Header.ReaderLock])
        {
            if (owner != 0 && !Holders.Any(h => h.Holder.Pid == (int)owner))
            {
                BreakLocks(owner);
            }
        }
    }

    /// <summary>Changes the capacity for the only process that holds it. The bytes inside keep their order.</summary>
    /// <returns>The capacity, or -EBUSY when the bytes inside would not fit or another process, which may be moving bytes, holds an end.</returns>
    public long Resize(int capacity)
    {
        if (Holders.Count > 1)
        {
            return -16; // EBUSY
        }

        ulong head = Header.Head, tail = Header.Tail;
        uint old = Header.Capacity;
        if (old is < GuestLayout.Page or > GuestLayout.RingCapacityMax || (old & (old - 1)) != 0 || head - tail > old)
        {
            return -Errno.EIO;
        }

        if (head - tail > (ulong)capacity)
        {
            return -16; // EBUSY
        }

        Span<byte> data = Memory.Slice(GuestLayout.RingData, GuestLayout.RingCapacityMax).Span;
        byte[] inside = new byte[(int)(head - tail)];
        for (int i = 0; i < inside.Length; i++)
        {
            inside[i] = data[(int)((tail + (ulong)i) & (old - 1))];
        }

        for (int i = 0; i < inside.Length; i++)
        {
            data[(int)((tail + (ulong)i) & (ulong)(capacity - 1))] = inside[i];
        }

        Header.Capacity = (uint)capacity;
        return capacity;
    }

    /// <summary>An end that nobody holds any more leaves the sets that watch it.</summary>
    private void EndWatchers()
    {
        if (watchers.Count == 0)
        {
            return;
        }

        int held = Holders.Aggregate(0, (all, h) => all | h.Ends);
        foreach (RingMember watcher in watchers.Where(w => (w.SidesOf(this) & ~held) != 0))
        {
            watcher.Ended(this);
        }

        watchers.RemoveAll(w => w.IsGone);
    }

    private void Count(int ends, int change)
    {
        for (int side = 0; side < 2; side++)
        {
            if ((ends >> side & 1) != 0 && !isShut)
            {
                Interlocked.Add(ref Header.Ends[side], unchecked((uint)change));
            }
        }
    }
}
