namespace UniBench.Monitor.Processes;

/// <summary>What SCHED_DEADLINE promises a process, nanoseconds: so much time until each deadline, again each period.</summary>
internal readonly record struct Reservation(ulong Runtime, ulong Deadline, ulong Period)
{
    private const ulong LeastRuntime = 1024, LeastPeriod = 100_000, MostPeriod = (1UL << 22) * 1000, Most = 1UL << 63;

    /// <summary>Whether Linux accepts it, but for what is reserved already.</summary>
    public bool IsPossible => Runtime >= LeastRuntime && Deadline is > 0 and < Most && Deadline >= Runtime && Period >= Deadline && Period is >= LeastPeriod and <= MostPeriod;
}
