using UniBench.Kvm;
using UniBench.Monitor.Abi;
using UniBench.Monitor.Rings;

namespace UniBench.Monitor.Families;

/// <summary>Pipes: making, letting go, waking. The bytes themselves never come here.</summary>
internal sealed partial class GuestProcess
{
    /// <summary>Lets this process hold ends of a ring under the lowest free slot of its window.</summary>
    /// <returns>The slot, or -EMFILE.</returns>
    public long HoldRing(Ring ring, int ends)
    {
        int slot = Vm.FreeRingSlots(1);
        if (slot < 0)
        {
            return -Errno.EMFILE;
        }

        Vm.Show(slot, ring);
        lock (ring.Gate)
        {
            ring.Hold(this, ends);
        }

        return slot;
    }

    /// <summary>At the end of the process: every end it held is let go, every lock it held is broken.</summary>
    public void ReleaseRings()
    {
        ReleaseFiles();
        foreach ((int _, Ring ring) in Vm.VisibleRings())
        {
            lock (ring.Gate)
            {
                ring.BreakLocks((uint)Pid);
                Release(ring, 3);
            }
        }
    }

    private long PipeCreate()
    {
        if (family.Host.Rings.Create() is not { } ring)
        {
            family.LimitHit("pipes: the host has no ring left");
            return -Errno.ENFILE;
        }

        long slot = HoldRing(ring, 3);
        if (slot < 0)
        {
            family.Host.Rings.Free(ring);
        }
        else
        {
            family.CountPipe();
        }

        return slot;
    }

    /// <summary>Shared anonymous memory: rings without a pipe in them, in adjacent slots of the window.</summary>
    private long Share(int count)
    {
        int first = Vm.FreeRingSlots(count);
        if (count < 1 || first < 0)
        {
            return -Errno.ENOMEM;
        }

        for (int slot = first; slot < first + count; slot++)
        {
            if (family.Host.Rings.CreateMemory() is not { } ring)
            {
                family.LimitHit("shared memory: the host has no room left");
                return -Errno.ENOMEM;
            }

            Vm.Show(slot, ring);
            lock (ring.Gate)
            {
                ring.Hold(this, 3);
            }
        }

        return first;
    }

    private long PipeClose(ulong slot, ulong side)
    {
        if (side > 1 || Vm.RingAt(slot) is not { } ring)
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
            Vm.Show((int)slot, null);
        }

        return 0;
    }

    /// <returns>True if this process holds neither end any more.</returns>
    private bool Release(Ring ring, int ends)
    {
        bool held = ring.IsHeld;
        ring.Release(this, ends);
        if (held && !ring.IsHeld)
        {
            family.Host.Rings.Free(ring);
        }

        return ring.EndsOf(this) == 0;
    }

    private long PipeWake(ulong slot, ulong side)
    {
        if (side > 1 || Vm.RingAt(slot) is not { } ring)
        {
            return -Errno.EBADF;
        }

        lock (ring.Gate)
        {
            ring.Wake((int)side);
        }

        return 0;
    }

    private long PipeResize(ulong slot, ulong capacity)
    {
        if (Vm.RingAt(slot) is not { } ring || capacity is < GuestLayout.Page or > GuestLayout.RingCapacityMax || (capacity & (capacity - 1)) != 0)
        {
            return -Errno.EINVAL;
        }

        lock (ring.Gate)
        {
            return ring.Resize((int)capacity);
        }
    }
}
