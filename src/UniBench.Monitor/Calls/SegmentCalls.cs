using UniBench.Host;
using UniBench.Monitor.Abi;
using UniBench.Monitor.Families;
using UniBench.Monitor.Files;
using UniBench.Monitor.Segments;
using UniBench.Monitor.Sockets;

namespace UniBench.Monitor.Calls;

/// <summary>Pipes, and the segments of the window: making, letting go, waking. The bytes themselves never come here.</summary>
internal sealed class SegmentCalls(GuestProcess process) : CallModule(process)
{
    /// <summary>Lets this process hold ends of a ring, which it sees already or in the lowest free slot of its window.</summary>
    /// <param name="from">Who must hold it still; null: nobody.</param>
    /// <returns>The slot, -EMFILE, or -ENOENT where it is held no more.</returns>
    public long HoldRing(Ring ring, int ends, GuestProcess? from = null)
    {
        int slot = Vm.Window.SlotOf(ring);
        if (slot < 0 && (slot = Vm.Window.Free(1)) < 0)
        {
            return -Errno.EMFILE;
        }

        Vm.Window.Show(slot, ring);
        bool isGone;
        lock (ring.Gate)
        {
            isGone = from is not null && ring.EndsOf(from) == 0;
            if (!isGone)
            {
                ring.Hold(Process, ends);
            }
        }

        if (isGone)
        {
            Vm.Window.Hide(slot);
            return -Errno.ENOENT;
        }

        Family.Pipes?.Add(ring);
        return slot;
    }

    /// <summary>Lets this process hold an end of a connection, whose rings it sees in adjacent slots, the first of them even.</summary>
    /// <returns>The slot of the ring that this end reads; -EMFILE.</returns>
    public long HoldConnection(Connection connection, int end)
    {
        int slot = Vm.Window.SlotOf(connection.First);
        if (slot < 0 && (slot = Vm.Window.FreePair()) < 0)
        {
            return -Errno.EMFILE;
        }

        Vm.Window.Show(slot, connection.First);
        Vm.Window.Show(slot + 1, connection.Second);
        Take(connection.Read(end), 1 << Ring.Reader);
        Take(connection.Written(end), 1 << Ring.Writer);
        return slot + end;

        void Take(Ring ring, int ends)
        {
            lock (ring.Gate)
            {
                ring.Hold(Process, ends);
            }

            Family.Pipes?.Add(ring);
        }
    }

    /// <summary>At the end of the process: every end it held is let go, every lock it held is broken.</summary>
    public void ReleaseSegments()
    {
        Process.Sockets.ReleaseAll();
        Process.Files.ReleaseFiles();
        foreach ((int _, Segment segment) in Vm.Window.Visible())
        {
            lock (segment.Gate)
            {
                (segment as Ring)?.BreakLocks((uint)Pid);
                Release(segment);
            }

            if (segment is Ring ring)
            {
                AfterRelease(ring);
            }
        }
    }

    public long PipeCreate()
    {
        if (Family.Host.Segments.CreateRing(Family.Budget) is not { } ring)
        {
            Family.LimitHit(Family.Budget.PipesSentence);
            return -Errno.ENFILE;
        }

        long slot = HoldRing(ring, Segment.Both);
        if (slot < 0)
        {
            Family.Host.Segments.Free(ring);
        }
        else
        {
            Family.CountPipe();
        }

        return slot;
    }

    /// <summary>One more end of a pipe that the process holds already: it opened its own descriptor by name.</summary>
    public long PipeHold(ulong slot, ulong side)
    {
        if (side > 1 || Vm.Window.At(slot) is not Ring ring)
        {
            return -Errno.EBADF;
        }

        lock (ring.Gate)
        {
            if (ring.EndsOf(Process) == 0)
            {
                return -Errno.EBADF;
            }

            ring.Hold(Process, 1 << (int)side);
        }

        return 0;
    }

    /// <summary>open(2) of a FIFO: waits for the other side as POSIX says.</summary>
    public long OpenFifo(HostEntry file, int flags)
    {
        int access = flags & OpenFlags.Accmode, sides = access switch { 0 => 1, 1 => 2, _ => 3 };
        bool nonBlocking = (flags & OpenFlags.Nonblock) != 0;
        int kind = access switch { 0 => 2, 1 => 3, _ => 4 }; // UB_FD_PIPE_READ, _WRITE, _BOTH
        if (Family.OpenFifo(Process, (file.Device, file.Inode), sides, needsReader: access == 1 && nonBlocking, out int errno) is not { } opened)
        {
            return -errno;
        }

        long result = GuestLayout.OpenRing | (kind << 16) | opened.Slot;
        if (nonBlocking || access > 1)
        {
            return result | (access == 0 ? (long)opened.WithoutWriter << 32 : 0);
        }

        while (!Family.IsFifoConnected(opened, Process))
        {
            if (Process.SignalDue())
            {
                Family.StopOpening(opened.Fifo, Process);
                PipeClose((ulong)opened.Slot, (ulong)(1 - opened.OtherSide));
                return -Errno.ERESTARTSYS;
            }

            Process.Sleep(0, spin: false);
        }

        return result;
    }

    /// <summary>Shared anonymous memory: segments in adjacent slots of the window.</summary>
    public long Share(int count)
    {
        int first = Vm.Window.Free(count);
        if (count < 1 || first < 0)
        {
            return -Errno.ENOMEM;
        }

        if (NewSegments(count) is not { } segments)
        {
            return -Errno.ENOMEM;
        }

        Show(first, segments);
        return first;
    }

    /// <summary>Zeroed memory that nobody holds, or null where the family may have no more.</summary>
    public List<Segment>? NewSegments(int count)
    {
        List<Segment> segments = [];
        while (segments.Count < count)
        {
            if (Family.Host.Segments.CreateMemory(Family.Budget) is not { } made)
            {
                segments.ForEach(Family.Host.Segments.Free);
                Family.LimitHit(Family.Budget.BytesSentence);
                return null;
            }

            segments.Add(made);
        }

        return segments;
    }

    /// <summary>The process sees and holds the segments, from a slot on.</summary>
    public void Show(int first, IReadOnlyList<Segment> segments)
    {
        for (int i = 0; i < segments.Count; i++)
        {
            Vm.Window.Show(first + i, segments[i]);
            lock (segments[i].Gate)
            {
                segments[i].Hold(Process);
            }
        }
    }

    /// <summary>The library OS has let an end go and counted that itself.</summary>
    /// <param name="isSure">False: the process was killed when it was about to count.</param>
    public void PipeClosed(ulong slot, int side, bool isSure)
    {
        if (Vm.Window.At(slot) is not Ring ring)
        {
            return;
        }

        bool gone;
        lock (ring.Gate)
        {
            gone = Release(ring, 1 << side, isCounted: true);
            if (!isSure)
            {
                ring.Recount(side);
            }
        }

        if (gone)
        {
            Vm.Window.Hide((int)slot);
        }
    }

    public long PipeClose(ulong slot, ulong side)
    {
        if (side > 1 || Vm.Window.At(slot) is not Ring ring)
        {
            return -Errno.EBADF;
        }

        bool gone;
        lock (ring.Gate)
        {
            gone = Release(ring, 1 << (int)side);
        }

        if (gone)
        {
            Vm.Window.Hide((int)slot);
        }

        AfterRelease(ring);
        return 0;
    }

    private void AfterRelease(Ring ring)
    {
        Family.TellOwners(ring);
        if (ring.Fifo is { } fifo)
        {
            Family.ForgetFifo(fifo);
        }
    }

    /// <summary>Nothing of the process shows that shared memory or piece of a file any more.</summary>
    public long CloseSegment(ulong slot)
    {
        if (Vm.Window.At(slot) is not { } segment || segment is Ring)
        {
            return -Errno.EBADF;
        }

        CloseSegment((int)slot, segment);
        Family.UsedIpc?.Unmapped(segment, Process);
        return 0;
    }

    public void CloseSegment(int slot, Segment segment)
    {
        lock (segment.Gate)
        {
            Release(segment);
        }

        Vm.Window.Hide(slot);
    }

    /// <summary>At exec: what the old program had mapped goes, its pipes stay.</summary>
    public void ReleaseMemory()
    {
        foreach ((int slot, Segment segment) in Vm.Window.Visible().Where(v => v.Segment is not Ring).ToArray())
        {
            CloseSegment(slot, segment);
        }
    }

    /// <param name="isCounted">The library OS has lowered the count in the ring.</param>
    /// <returns>True if this process holds neither end any more.</returns>
    private bool Release(Segment segment, int ends = Segment.Both, bool isCounted = false)
    {
        bool held = segment.IsHeld;
        segment.Release(Process, ends, isCounted);
        if (held && !segment.IsHeld)
        {
            if (segment is Ring ring)
            {
                Family.Pipes?.Remove(ring);
            }

            Family.Host.Segments.Free(segment);
        }

        return segment.EndsOf(Process) == 0;
    }

    public long PipeResize(ulong slot, ulong capacity)
    {
        if (Vm.Window.At(slot) is not Ring ring || capacity is < GuestLayout.Page or > GuestLayout.RingCapacityMax || (capacity & (capacity - 1)) != 0)
        {
            return -Errno.EINVAL;
        }

        lock (ring.Gate)
        {
            return ring.Resize((int)capacity);
        }
    }
}
