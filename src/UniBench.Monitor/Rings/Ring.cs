using System.Runtime.InteropServices;
using UniBench.Host;
using UniBench.Monitor.Abi;
using UniBench.Monitor.Events;
using UniBench.Monitor.Files;
using UniBench.Monitor.Memory;

namespace UniBench.Monitor.Rings;

/// <summary>One pipe: its memory, and the monitor's own book of who holds which end. Lock it to read or change the book.</summary>
internal sealed class Ring(int index, HostMemory backing)
{
    public const int Reader = 0;
    public const int Writer = 1;
    private static readonly long WaitingOffset = Marshal.OffsetOf<RingHeader>(nameof(RingHeader.Waiting));

    /// <summary>Who holds it, with the ends held: bit 0 the read end, bit 1 the write end.</summary>
    private readonly List<(IRingHolder Holder, int Ends)> holders = [];
    private readonly HostRange memory = backing.Range;
    private readonly FileOwner?[] owners = new FileOwner?[2]; // by side
    private readonly List<PipeMember> watchers = [];
    private int asyncSides, toTell; // a bit for each side
    private bool isPipe = true;

    /// <summary>Header page and data.</summary>
    public HostRange Memory => memory;

    /// <summary>The same, as machines can be shown it.</summary>
    public HostMemory Backing => backing;

    /// <summary>Position in the table.</summary>
    public int Index { get; } = index;

    /// <summary>The pipe's inode number; never used twice.</summary>
    public uint Id { get; private set; }

    public Lock Gate { get; } = new();

    public bool IsHeld => holders.Count > 0;

    /// <summary>A pipe or FIFO, not plain memory.</summary>
    public bool IsPipe => isPipe;

    /// <summary>The file whose bytes this memory is; null for pipes and anonymous memory.</summary>
    public MappedFile? File { get; init; }

    /// <summary>Who pays for it; null for files, and while it is free.</summary>
    public FamilyBudget? Budget { get; set; }

    /// <summary>Whose bytes may be in it; null: it is all zero.</summary>
    public FamilyBudget? LastOwner { get; set; }

    /// <summary>A FIFO that processes open by name; null for pipes and memory.</summary>
    public Fifo? Fifo { get; set; }

    public bool IsReadOnly => File is { IsWritable: false };

    /// <summary>What identifies a byte of shared memory, however often it is mapped.</summary>
    public FutexKey KeyOf(long offset) => File is { } file
        ? new FutexKey(file.Entry.Device, file.Entry.Inode, file.Offset + ((long)Index * GuestLayout.RingStride) + offset)
        : new FutexKey(ulong.MaxValue, (ulong)Index, offset);

    public IReadOnlyList<(IRingHolder Holder, int Ends)> Holders => holders;

    /// <summary>Bytes written so far and those of them not read yet, as the processes that hold it say.</summary>
    public (ulong Written, ulong Inside) Traffic
    {
        get
        {
            if (!isPipe)
            {
                return (0, 0); // it was a pipe a moment ago
            }

            ulong tail = Volatile.Read(ref Header.Tail), head = Volatile.Read(ref Header.Head);
            return (head, head - tail);
        }
    }

    /// <summary>Only a pipe has one. Other memory may be a file's, and behind its end there is nothing: a touch would end this process.</summary>
    private ref RingHeader Header
    {
        get
        {
            if (!isPipe)
            {
                throw new InvalidOperationException("memory that is no pipe has no ring header");
            }

            return ref memory.At<RingHeader>(0);
        }
    }

    /// <summary>Makes it all zero: a guest may have written anywhere. Pages stay: giving them back would walk the MMU notifiers of all VMs.</summary>
    public void Scrub()
    {
        backing.Mapping.Clear(backing.Offset, backing.Length);
        LastOwner = null;
    }

    /// <summary>Memory without a header, shared by whoever holds it; the table has cleared it.</summary>
    public void ResetToMemory()
    {
        isPipe = false;
        Fifo = null;
    }

    /// <summary>An empty pipe of the default capacity.</summary>
    public void Reset(uint id)
    {
        isPipe = true;
        Fifo = null;
        Array.Clear(owners);
        watchers.Clear();
        (asyncSides, toTell) = (0, 0);
        memory.Slice(0, GuestLayout.Page).Span.Clear();
        Header.Capacity = GuestLayout.RingCapacity;
        Header.InlinePos = ulong.MaxValue;
        Header.Id = Id = id;
        Header.Named = 0;
    }

    public int EndsOf(IRingHolder holder) => holders.Find(h => h.Holder == holder).Ends;

    /// <summary>The holder now holds these ends too.</summary>
    public void Hold(IRingHolder holder, int ends)
    {
        int at = holders.FindIndex(h => h.Holder == holder);
        int old = at >= 0 ? holders[at].Ends : 0;
        if (holders.Count == 0)
        {
            File?.Taken();
        }

        if (at >= 0)
        {
            holders[at] = (holder, old | ends);
        }
        else
        {
            holders.Add((holder, ends));
        }

        Count(ends & ~old, 1);
    }

    /// <summary>The holder holds these ends no more; the other side is woken when its last peer is gone.</summary>
    /// <param name="isCounted">The header knows already; others hold the ends.</param>
    public void Release(IRingHolder holder, int ends, bool isCounted = false)
    {
        int at = holders.FindIndex(h => h.Holder == holder);
        if (at < 0)
        {
            return;
        }

        int old = holders[at].Ends;
        if ((old & ~ends) == 0)
        {
            holders.RemoveAt(at);
        }
        else
        {
            holders[at] = (holder, old & ~ends);
        }

        if (watchers.Count > 0)
        {
            EndWatchers();
        }

        if (isCounted)
        {
            return;
        }

        Count(ends & old, -1);
        for (int side = 0; side < 2; side++)
        {
            if (isPipe && ((ends & old) >> side & 1) != 0 && Header.Ends[side] == 0)
            {
                Wake(1 - side);
            }
        }
    }

    /// <summary>Makes the header's count of a side what the book says: a process was killed while it changed it.</summary>
    public void Recount(int side)
    {
        int count = holders.Count(h => (h.Ends >> side & 1) != 0 && !h.Holder.HasLetGo(this, side));
        Interlocked.Exchange(ref Header.Ends[side], (uint)count);
        if (count == 0)
        {
            Wake(1 - side);
        }
    }

    /// <summary>Wakes who waits on a side. Lowers the flag first: whoever raises it again looks at the ring afterwards.</summary>
    /// <param name="by">Who asks for it; null where the book's keeping does.</param>
    public void Wake(int side, IRingHolder? by = null)
    {
        if (!isPipe)
        {
            return;
        }

        if ((Interlocked.Exchange(ref Header.Waiting[side], 0) & GuestLayout.WaitsHere) != 0)
        {
            int woken = HostFutex.Wake(memory.Slice(WaitingOffset + (side * sizeof(uint)), sizeof(uint)));
            holders.FirstOrDefault().Holder?.Roused(woken);
        }

        foreach ((IRingHolder holder, int ends) in holders)
        {
            if ((ends >> side & 1) != 0)
            {
                holder.RingChanged(this, by);
            }
        }

        foreach (PipeMember watcher in watchers)
        {
            if ((watcher.Ends >> side & 1) != 0)
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
    public void Watch(PipeMember watcher) => watchers.Add(watcher);

    public void Unwatch(PipeMember watcher) => watchers.Remove(watcher);

    /// <summary>The next change that these ends wait for comes to the monitor.</summary>
    /// <param name="ends">Bit 0 the read end, bit 1 the write end.</param>
    /// <returns>True: a change of a moment ago may not (pipe.c: streams).</returns>
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
        if (on && isPipe)
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
    public bool HasSide(int side) => isPipe && Header.Ends[side] != 0;

    /// <summary>Frees locks that a dead process held. The indices are consistent at every instant, so nothing else needs repair.</summary>
    public void BreakLocks(uint pid)
    {
        if (isPipe)
        {
            Interlocked.CompareExchange(ref Header.WriterLock, 0, pid);
            Interlocked.CompareExchange(ref Header.ReaderLock, 0, pid);
        }
    }

    /// <summary>Frees locks whose owner, as written, holds no end.</summary>
    public void BreakStrayLocks()
    {
        if (!isPipe)
        {
            return;
        }

        foreach (uint owner in (uint[])[Header.WriterLock, Header.ReaderLock])
        {
            if (owner != 0 && !holders.Exists(h => h.Holder.Pid == (int)owner))
            {
                BreakLocks(owner);
            }
        }
    }

    /// <summary>Changes the capacity for the only process that holds it. The bytes inside keep their order.</summary>
    /// <returns>The capacity, or -EBUSY when the bytes inside would not fit or another process, which may be moving bytes, holds an end.</returns>
    public long Resize(int capacity)
    {
        if (!isPipe || holders.Count > 1)
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

        Span<byte> data = memory.Slice(GuestLayout.RingData, GuestLayout.RingCapacityMax).Span;
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
        int held = holders.Aggregate(0, (all, h) => all | h.Ends);
        foreach (PipeMember watcher in watchers.Where(w => (w.Ends & ~held) != 0))
        {
            watcher.Ended();
        }

        watchers.RemoveAll(w => w.IsGone);
    }

    private void Count(int ends, int change)
    {
        for (int side = 0; side < 2; side++)
        {
            if (isPipe && (ends >> side & 1) != 0)
            {
                Interlocked.Add(ref Header.Ends[side], unchecked((uint)change));
            }
        }
    }
}
