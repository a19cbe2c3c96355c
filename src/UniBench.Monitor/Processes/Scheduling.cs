using UniBench.Host;

namespace UniBench.Monitor.Processes;

/// <summary>Nice value, scheduling policy and priority of input and output of a process, as sched(7) and ioprio_set(2) have them: they read back, and the host's scheduler does not hear of them.</summary>
/// <param name="Policy">SCHED_*.</param>
/// <param name="RealTimePriority">1 to 99 of a real-time policy, else 0.</param>
/// <param name="ResetOnFork">Children are ordinary.</param>
/// <param name="InputOutput">As ioprio_get(2) tells it.</param>
/// <param name="Reserved">Of SCHED_DEADLINE.</param>
internal sealed record Scheduling(int Nice = 0, int Policy = Scheduling.Other, int RealTimePriority = 0, bool ResetOnFork = false, uint InputOutput = 0, Reservation Reserved = default)
{
    public const int Other = 0, Fifo = 1, RoundRobin = 2, Batch = 3, Idle = 5, Deadline = 6;

    /// <summary>What every process has until it says otherwise.</summary>
    public static Scheduling Ordinary { get; } = new();

    public static bool IsRealTime(int policy) => policy is Fifo or RoundRobin;

    /// <summary>A reservation is for one process.</summary>
    public bool MayFork => Policy != Deadline || ResetOnFork;

    /// <summary>Of a child.</summary>
    public Scheduling Forked() => !ResetOnFork ? this
        : this with { ResetOnFork = false, Nice = Math.Max(0, Nice), Policy = IsRealTime(Policy) || Policy == Deadline ? Other : Policy, RealTimePriority = 0, Reserved = default };

    /// <summary>setpriority(2).</summary>
    /// <param name="own">Of this process, whose priority it is.</param>
    /// <param name="niceLimit">RLIMIT_NICE.</param>
    public (Scheduling Next, int Error) Renice(int nice, Credentials caller, Credentials own, ulong niceLimit)
    {
        nice = Math.Clamp(nice, -20, 19);
        return !MayChange(caller, own) ? (this, -Errno.EPERM)
            : nice < Nice && !MayBeNice(nice, caller, niceLimit) ? (this, -Errno.EACCES)
            : (this with { Nice = nice }, 0);
    }

    /// <summary>sched_setscheduler(2), sched_setattr(2).</summary>
    /// <param name="wanted">Of which input and output do not count.</param>
    /// <param name="realTimeLimit">RLIMIT_RTPRIO.</param>
    public (Scheduling Next, int Error) Schedule(Scheduling wanted, Credentials caller, Credentials own, ulong niceLimit, ulong realTimeLimit)
    {
        bool realTime = IsRealTime(wanted.Policy);
        bool known = realTime || wanted.Policy is Other or Batch or Idle || (wanted.Policy == Deadline && wanted.Reserved.IsPossible);
        if (!known || (realTime ? wanted.RealTimePriority is < 1 or > 99 : wanted.RealTimePriority != 0))
        {
            return (this, -Errno.EINVAL);
        }

        bool beyond = wanted.Policy == Deadline || (realTime
            ? (wanted.Policy != Policy && realTimeLimit == 0) || (wanted.RealTimePriority > RealTimePriority && (ulong)wanted.RealTimePriority > realTimeLimit)
            : wanted.Nice < Nice && !MayBeNice(wanted.Nice, caller, niceLimit));
        bool leavesIdle = Policy == Idle && wanted.Policy != Idle && !MayBeNice(Nice, caller, niceLimit);
        bool refused = beyond || leavesIdle || !MayChange(caller, own) || (ResetOnFork && !wanted.ResetOnFork);
        return refused && !caller.Has(Capability.SysNice) ? (this, -Errno.EPERM) : (wanted with { InputOutput = InputOutput }, 0);
    }

    /// <summary>ioprio_set(2).</summary>
    public (Scheduling Next, int Error) SetInputOutput(uint priority, Credentials caller, Credentials own)
    {
        const uint None = 0, RealTime = 1, BestEffort = 2, IdleClass = 3;
        (uint kind, uint level) = (priority >> 13 & 7, priority & 7);
        return kind == RealTime && !caller.Has(Capability.SysAdmin) && !caller.Has(Capability.SysNice) ? (this, -Errno.EPERM)
            : kind is not (RealTime or BestEffort or IdleClass or None) || (kind == None && level != 0) ? (this, -Errno.EINVAL)
            : own.Users.Real != caller.Users.Effective && own.Users.Real != caller.Users.Real && !caller.Has(Capability.SysNice) ? (this, -Errno.EPERM)
            : (this with { InputOutput = priority }, 0);
    }

    private static bool MayChange(Credentials caller, Credentials own) =>
        own.Users.Real == caller.Users.Effective || own.Users.Effective == caller.Users.Effective || caller.Has(Capability.SysNice);

    private static bool MayBeNice(int nice, Credentials caller, ulong niceLimit) => (ulong)(20 - nice) <= niceLimit || caller.Has(Capability.SysNice);
}
