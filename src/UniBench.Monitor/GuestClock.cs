using UniBench.Host;
using UniBench.Monitor.Abi;
using UniBench.Monitor.Memory;

namespace UniBench.Monitor;

/// <summary>Keeps the guests' clock on the host's: ticks of the time stamp counter become CLOCK_MONOTONIC nanoseconds by a factor in the system page.</summary>
internal sealed class GuestClock : IDisposable
{
    private const int Shift = 32;
    private const int PeriodMs = 250;
    private readonly SharedPages shared;
    private readonly Lock gate = new();
    private readonly Timer timer;
    private readonly (ulong Tsc, long Ns) origin;
    private readonly double spinNs;

    /// <param name="spinNs">Measures how long a process may spin; called while the clocks run.</param>
    public GuestClock(SharedPages shared, Func<double> spinNs)
    {
        this.shared = shared;
        origin = Pair();
        this.spinNs = spinNs();
        long until = origin.Ns + 20_000_000;
        while (HostClock.Monotonic < until)
        {
            Thread.Sleep(1);
        }

        Update();
        timer = new Timer(_ => Update(), null, PeriodMs, PeriodMs);
    }

    /// <summary>Measures both clocks again. The factor comes from the whole time since the start, so it grows ever better.</summary>
    public void Update()
    {
        lock (gate)
        {
            (ulong tsc, long ns) = Pair();
            double nsPerTick = (ns - origin.Ns) / (double)(tsc - origin.Tsc);
            ref SystemPage page = ref shared.System;
            Interlocked.Increment(ref page.ClockSeq);
            page.ClockShift = Shift;
            page.ClockMult = (ulong)(nsPerTick * (1UL << Shift));
            page.ClockTsc = tsc;
            page.MonotonicNs = (ulong)ns;
            page.RealtimeOffsetNs = HostClock.Realtime - HostClock.Monotonic;
            page.BoottimeOffsetNs = HostClock.Boottime - HostClock.Monotonic;
            page.SpinTsc = (uint)(spinNs / nsPerTick);
            Interlocked.Increment(ref page.ClockSeq);
        }
    }

    public void Dispose() => timer.Dispose();

    /// <summary>Both clocks at one instant: the reading with the shortest time around it of several.</summary>
    private static (ulong Tsc, long Ns) Pair()
    {
        (ulong Tsc, long Ns) best = default;
        ulong width = ulong.MaxValue;
        for (int i = 0; i < 10; i++)
        {
            ulong before = TimeStampCounter.Read();
            long ns = HostClock.Monotonic;
            ulong after = TimeStampCounter.Read();
            if (after - before < width)
            {
                width = after - before;
                best = (before + (width / 2), ns);
            }
        }

        return best;
    }
}
