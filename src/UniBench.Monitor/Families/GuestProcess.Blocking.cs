using UniBench.Host;
using UniBench.Monitor.Abi;
using UniBench.Monitor.Segments;

namespace UniBench.Monitor.Families;

/// <summary>Sleeping and waking: who is awake, on which CPU, and the wake-ups that the library OS left for this exit.</summary>
internal sealed partial class GuestProcess
{
    private const int SpinsBeforeSleep = 250;
    private volatile int parked;
    private int asleep;
    private int offersCpu; // 1: it is about to sleep, so the first process that it wakes takes over its CPU
    private ushort[] parkSlots = new ushort[4];
    private int parkSlotCount;

    /// <summary>Slots of the rings that it sleeps for.</summary>
    public ReadOnlySpan<ushort> ParkedOn => parkSlots.AsSpan(0, parkSlotCount);

    public bool IsSleeping => Volatile.Read(ref asleep) != 0;

    /// <summary>Where it runs among the family's CPUs.</summary>
    public CpuSeat Seat { get; }

    /// <summary>Wakes the process if it sleeps in wait(2) or anywhere in the monitor.</summary>
    public void WakeUp() => WakeUp(null);

    void ISegmentHolder.CountWoken(int sleepers) => family.Page.CountWoken(sleepers);

    /// <summary>It has let this end go, but the book does not know yet.</summary>
    bool ISegmentHolder.HasLetGo(Ring ring, int side) =>
        Vm.Window.SlotOf(ring) is >= 0 and int slot && ((ReadOnlySpan<uint>)Vm.Control.Closes).Contains(((uint)slot << 1 | (uint)side) + 1);

    void ISegmentHolder.RingChanged(Ring ring, ISegmentHolder? by)
    {
        Interlocked.Increment(ref Vm.Control.UnparkSeq);
        if (parked == 0)
        {
            return;
        }

        int count = Volatile.Read(ref parkSlotCount);
        ushort[] slots = parkSlots;
        for (int i = 0; i < count && i < slots.Length; i++)
        {
            if (Vm.Window.At(slots[i]) == ring)
            {
                WakeUp(by as GuestProcess);
                return;
            }
        }
    }

    /// <summary>Delivers the wake-ups that nobody came for: the program computes on, and the library OS meant to sleep. From any thread.</summary>
    public void DeliverOverdue()
    {
        lock (signalGate)
        {
            if (!closed && started && HasDeferredWakes)
            {
                DeliverWakes();
            }
        }
    }

    /// <summary>The seat was given another CPU: the thread goes there, unless the process has ended.</summary>
    public void FollowSeat()
    {
        lock (signalGate)
        {
            if (!closed && started)
            {
                worker.MoveTo(Seat.Cpu);
            }
        }
    }

    private bool HasDeferredWakes => ((ReadOnlySpan<uint>)Vm.Control.Deferred).ContainsAnyExcept(0u);

    private bool HasDeferred => HasDeferredWakes || ((ReadOnlySpan<uint>)Vm.Control.Closes).ContainsAnyExcept(0u) || ((ReadOnlySpan<uint>)Vm.Control.FileCloses).ContainsAnyExcept(0u);

    /// <summary>What the library OS left for this exit. Only the process's own thread may do this.</summary>
    private void DeliverDeferred()
    {
        DeliverWakes();
        for (int i = 0; i < GuestLayout.Closes; i++)
        {
            uint close = Interlocked.Exchange(ref Vm.Control.Closes[i], 0);
            if (close != 0)
            {
                uint which = (close & ~GuestLayout.CloseUnsure) - 1;
                Segments.PipeClosed(which >> 1, (int)which & 1, isSure: (close & GuestLayout.CloseUnsure) == 0);
            }
        }

        for (int i = 0; i < GuestLayout.FileCloses; i++)
        {
            uint close = Interlocked.Exchange(ref Vm.Control.FileCloses[i], 0);
            if (close != 0)
            {
                Files.CloseFile(close - 1);
            }
        }
    }

    private void DeliverWakes()
    {
        for (int i = 0; i < GuestLayout.Deferred; i++)
        {
            uint wake = Interlocked.Exchange(ref Vm.Control.Deferred[i], 0);
            if (wake != 0)
            {
                Wake((wake - 1) >> 1, (int)(wake - 1) & 1);
            }
        }
    }

    private long Wake(ulong slot, int side)
    {
        if (Vm.Window.At(slot) is not Ring ring)
        {
            return -Errno.EBADF;
        }

        lock (ring.Gate)
        {
            ring.Wake(side, this);
        }

        if (ring.HasToTell)
        {
            TellOwners(ring);
        }

        return 0;
    }

    /// <summary>The family's gate comes before a process's own: who holds that one has somebody else tell.</summary>
    private void TellOwners(Ring ring)
    {
        if (signalGate.IsHeldByCurrentThread)
        {
            ThreadPool.UnsafeQueueUserWorkItem(_ => family.TellOwners(ring), null);
        }
        else
        {
            family.TellOwners(ring);
        }
    }

    public long PipeWake(ulong slot, ulong side)
    {
        if (side > 1)
        {
            return -Errno.EBADF;
        }

        if (Vm.Control.MayDefer == 0)
        {
            family.WatchDeferred();
            Vm.Control.MayDefer = 1;
        }

        return Wake(slot, (int)side);
    }

    /// <summary>Sleeps until woken, without counting as runnable.</summary>
    public void Sleep(long deadlineNs, bool spin)
    {
        FallAsleep();
        parker.Park(deadlineNs, spin && family.Host.HasIdleCore ? SpinsBeforeSleep : 0);
        WakenOnOwnCpu();
    }

    /// <summary>Wakes whom it left to be woken, the first of them on its own CPU: no other core has to be roused for that one.</summary>
    public void FallAsleep()
    {
        Counters.Blocks++;
        family.Cpus.Sleep(Seat); // before anybody is woken, who would otherwise see two awake on one CPU
        if (HasDeferred)
        {
            Volatile.Write(ref offersCpu, 1);
            DeliverDeferred();
            Volatile.Write(ref offersCpu, 0);
        }

        Interlocked.Exchange(ref asleep, 1);
        family.Host.AddRunnable(-1);
        if (family.Cpus.Fill(Seat) is { Process: { } moved })
        {
            moved.FollowSeat();
        }
    }

    /// <summary>After a sleep. If by now others are awake on the CPU, and another is idle, it goes there.</summary>
    public void WakenOnOwnCpu()
    {
        BecomeRunnable(null);
        if (family.Cpus.Spread(Seat))
        {
            worker.MoveTo(Seat.Cpu);
        }
    }

    /// <summary>Wakes the thread. It counts as runnable at once: until it really runs, nobody may spin on the core it needs.</summary>
    public void WakeUp(GuestProcess? by)
    {
        if (by is not null)
        {
            family.Link("wake", by, this);
        }

        BecomeRunnable(by);
        parker.Wake();
        worker.HostWaiter.Wake();
    }

    private void BecomeRunnable(GuestProcess? by)
    {
        if (Interlocked.Exchange(ref asleep, 0) != 0)
        {
            family.Cpus.Wake(Seat, by is not null && Interlocked.Exchange(ref by.offersCpu, 0) != 0 ? by.Seat : null);
            worker.MoveTo(Seat.Cpu);
            family.Host.AddRunnable(1);
            family.LookAfterWakes();
        }
    }

    public long Park(ulong ticket, long deadlineNs, ulong slots, ulong hosts)
    {
        ref ControlPage control = ref Vm.Control;
        int count = (int)Math.Min(slots, GuestLayout.ParkMax);
        if (parkSlots.Length < count)
        {
            parkSlots = new ushort[count];
        }

        ((ReadOnlySpan<ushort>)control.ParkSlots)[..count].CopyTo(parkSlots);
        Volatile.Write(ref parkSlotCount, count);
        parker.Forget(); // what woke it before has advanced the sequence, or is looked at below
        Interlocked.Exchange(ref parked, 1);
        if (hosts > 0)
        {
            long ready = Transfers.ParkOnHost(ticket, deadlineNs, (int)Math.Min(hosts, GuestLayout.BounceSize / 8));
            DeliverDeferred();
            parked = 0;
            return ready;
        }

        if (MustWait(ticket, deadlineNs))
        {
            Sleep(Math.Max(0, deadlineNs), spin: false);
        }

        DeliverDeferred();
        parked = 0;
        return 0;
    }

    public bool MustWait(ulong ticket, long deadlineNs) =>
        Volatile.Read(ref Vm.Control.UnparkSeq) == ticket && killSignal == 0 && (deadlineNs == 0 || HostClock.Monotonic < deadlineNs);
}
