namespace UniBench.Monitor.Families;

/// <summary>Passing on a CPU that a process leaves, and wake-ups that wait too long.</summary>
internal sealed partial class Family
{
    private const int Looked = 8; // running processes whose deferred wake-ups an idle CPU looks at
    private DeferredWakeWatch? watch;

    /// <summary>A process goes to sleep. If its CPU has nobody left, one that waits for another CPU takes it, or what another process left to be woken is woken.</summary>
    public void PassCpu(CpuSeat seat)
    {
        if (Cpus.Sleep(seat) is { Process: { } moved })
        {
            moved.FollowSeat();
        }
    }

    /// <summary>A process is awake again.</summary>
    public void Roused() => Volatile.Read(ref watch)?.Rouse();

    /// <summary>From now on processes of the family may leave wake-ups for their next exit.</summary>
    public void WatchDeferred()
    {
        lock (gate)
        {
            watch ??= new DeferredWakeWatch(Cpus);
        }
    }
}
