namespace UniBench.Monitor.Families;

/// <summary>Wake-ups that wait too long.</summary>
internal sealed partial class Family
{
    private DeferredWakeWatch? watch;

    /// <summary>A process is awake again.</summary>
    public void LookAfterWakes() => Volatile.Read(ref watch)?.LookSoon();

    /// <summary>From now on processes of the family may leave wake-ups for their next exit.</summary>
    public void WatchDeferred()
    {
        lock (gate)
        {
            watch ??= new DeferredWakeWatch(Cpus);
        }
    }
}
