using static UniBench.Host.NativeMethods;

namespace UniBench.Host;

/// <summary>Linux clocks in nanoseconds.</summary>
public static unsafe class HostClock
{
    public static long Realtime => Read(0);

    public static long Monotonic => Read(1);

    public static long Boottime => Read(7);

    private static long Read(int clock)
    {
        Timespec value;
        return ClockGetTime(clock, &value) == 0 ? (value.Seconds * 1_000_000_000) + value.Nanoseconds : throw new HostException("clock_gettime", Errno.Last);
    }
}
