using UniBench.Host;

namespace UniBench.Monitor.Families;

/// <summary>Looks every few milliseconds whether a running process of the family holds back a wake-up: it may compute for long before its next exit.</summary>
internal sealed class DeferredWakeWatch : IDisposable
{
    private const long PeriodNs = 2_000_000;
    private const int StackBytes = 128 << 10;
    private readonly CpuAssignment cpus;
    private readonly Parker parker = new();
    private readonly Thread thread;
    private readonly GuestProcess?[] awake = new GuestProcess?[256];
    private volatile bool stopping;
    private int idle;

    public DeferredWakeWatch(CpuAssignment cpus)
    {
        this.cpus = cpus;
        thread = new Thread(Loop, StackBytes) { IsBackground = true, Name = "deferred wake-ups" };
        thread.Start();
    }

    public void Dispose()
    {
        stopping = true;
        parker.Wake();
        thread.Join();
        parker.Dispose();
    }

    /// <summary>Somebody is awake again.</summary>
    public void LookSoon()
    {
        if (Volatile.Read(ref idle) != 0 && Interlocked.Exchange(ref idle, 0) != 0)
        {
            parker.Wake();
        }
    }

    private void Loop()
    {
        while (!stopping)
        {
            // While nobody is awake there is nothing to look for. Who wakes up after this look sees that it is idle.
            Interlocked.Exchange(ref idle, 1);
            bool any = cpus.CopyAwake(awake) > 0;
            if (any)
            {
                Interlocked.Exchange(ref idle, 0);
            }

            parker.Park(any ? HostClock.Monotonic + PeriodNs : 0, 0);
            int count = cpus.CopyAwake(awake);
            for (int i = 0; i < count; i++)
            {
                awake[i]!.DeliverOverdue();
                awake[i] = null;
            }
        }
    }
}
