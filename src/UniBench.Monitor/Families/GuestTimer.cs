using UniBench.Host;

namespace UniBench.Monitor.Families;

/// <summary>Calls back after some time, and then again at intervals: time of the clock, or CPU time.</summary>
internal sealed class GuestTimer : IDisposable
{
    private const long Longest = long.MaxValue / 4; // ns: guests choose, and no sum may overflow
    private readonly Action expired;
    private readonly Func<long>? cpuTime; // ns, negative: it stands for ever; null: the clock
    private readonly long intervalNs;
    private readonly Timer timer;
    private long deadlineNs;

    public GuestTimer(Action expired, Func<long>? cpuTime, long ns, long intervalNs)
    {
        this.expired = expired;
        this.cpuTime = cpuTime;
        this.intervalNs = Math.Min(intervalNs, Longest);
        deadlineNs = Now + Math.Min(ns, Longest);
        timer = new Timer(_ => Check(), null, Timeout.Infinite, Timeout.Infinite); // it may expire before this has returned
        timer.Change(Milliseconds(ns), Timeout.Infinite);
    }

    private long Now => cpuTime?.Invoke() ?? HostClock.Monotonic;

    public void Dispose() => timer.Dispose();

    private static long Milliseconds(long ns) => Math.Clamp((Math.Min(ns, Longest) + 999_999) / 1_000_000, 1, uint.MaxValue - 1);

    private void Check()
    {
        long now = Now;
        if (now < 0)
        {
            return; // the thread is gone
        }

        if (now >= deadlineNs)
        {
            expired();
            if (intervalNs <= 0)
            {
                return;
            }

            deadlineNs += (((now - deadlineNs) / intervalNs) + 1) * intervalNs;
        }

        try
        {
            timer.Change(Milliseconds(deadlineNs - now), Timeout.Infinite);
        }
        catch (ObjectDisposedException)
        {
            // Switched off meanwhile.
        }
    }
}
