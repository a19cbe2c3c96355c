using System.Buffers.Binary;
using UniBench.Host;
using UniBench.Monitor.Families;
using UniBench.Monitor.Processes;

namespace UniBench.Monitor.Calls;

/// <summary>Nice values, policies and priorities of input and output, of this process and others.</summary>
internal sealed class SchedulingCalls(GuestProcess process) : CallModule(process)
{
    /// <summary>getpriority, as the system call answers: 20 - nice.</summary>
    public long Priority(int which, int who) =>
        Family.Schedulings(Process, which, who) is { Count: > 0 } found ? 20 - found.Min(s => s.Nice) : -Errno.ESRCH;

    public long Renice(int which, int who, int nice, ulong limit) =>
        Family.Reschedule(Process, which, who, (s, own) => s.Renice(nice, Credentials, own, limit));

    /// <summary>sched_setscheduler.</summary>
    public long SetPolicy(int pid, int policy, int priority, ulong niceLimit, ulong realTimeLimit)
    {
        const int ResetOnFork = 0x40000000;
        return Family.Schedule(
            Process,
            pid,
            s => s with { Policy = policy & ~ResetOnFork, ResetOnFork = (policy & ResetOnFork) != 0, RealTimePriority = priority, Reserved = default },
            niceLimit,
            realTimeLimit);
    }

    /// <summary>sched_setparam.</summary>
    public long SetPriority(int pid, int priority, ulong niceLimit, ulong realTimeLimit) =>
        Family.Schedule(Process, pid, s => s with { RealTimePriority = priority }, niceLimit, realTimeLimit);

    /// <summary>ioprio_set.</summary>
    public long SetInputOutput(int which, int who, uint priority) =>
        Family.Reschedule(Process, which - 1, who, (s, own) => s.SetInputOutput(priority, Credentials, own));

    /// <summary>ioprio_get.</summary>
    public long InputOutput(int which, int who) =>
        Family.Schedulings(Process, which - 1, who) is { Count: > 0 } asked ? asked.Select(s => s.InputOutput).Aggregate(HigherInputOutput) : -Errno.ESRCH;

    /// <summary>struct sched_attr in the bounce buffer.</summary>
    public long SetSchedulingAttributes(int pid, ulong niceLimit, ulong realTimeLimit)
    {
        const ulong ResetOnFork = 1, KeepPolicy = 8, KeepParameters = 16;
        ReadOnlySpan<byte> attributes = Vm.Bounce.Span[..48];
        int policy = BinaryPrimitives.ReadInt32LittleEndian(attributes[4..]), nice = BinaryPrimitives.ReadInt32LittleEndian(attributes[16..]);
        int priority = BinaryPrimitives.ReadInt32LittleEndian(attributes[20..]);
        ulong flags = BinaryPrimitives.ReadUInt64LittleEndian(attributes[8..]);
        (ulong runtime, ulong deadline, ulong period) =
            (BinaryPrimitives.ReadUInt64LittleEndian(attributes[24..]), BinaryPrimitives.ReadUInt64LittleEndian(attributes[32..]), BinaryPrimitives.ReadUInt64LittleEndian(attributes[40..]));
        if ((flags & ~(ResetOnFork | KeepPolicy | KeepParameters)) != 0)
        {
            return -Errno.EINVAL;
        }

        return Family.Schedule(
            Process,
            pid,
            s => s with
            {
                Policy = (flags & KeepPolicy) != 0 ? s.Policy : policy,
                ResetOnFork = (flags & ResetOnFork) != 0,
                Nice = (flags & KeepParameters) != 0 || Scheduling.IsRealTime(policy) ? s.Nice : Math.Clamp(nice, -20, 19),
                RealTimePriority = (flags & KeepParameters) != 0 ? s.RealTimePriority : priority,
                Reserved = policy == Scheduling.Deadline ? new Reservation(runtime, deadline, period == 0 ? deadline : period) : default,
            },
            niceLimit,
            realTimeLimit);
    }

    /// <summary>struct sched_attr into the bounce buffer.</summary>
    public long TellScheduling(int pid)
    {
        if (Family.SchedulingOf(Process, pid) is not { } asked)
        {
            return -Errno.ESRCH;
        }

        const int Bytes = 48;
        Span<byte> attributes = Vm.Bounce.Span[..Bytes];
        attributes.Clear();
        bool realTime = Scheduling.IsRealTime(asked.Policy);
        BinaryPrimitives.WriteInt32LittleEndian(attributes, Bytes);
        BinaryPrimitives.WriteInt32LittleEndian(attributes[4..], asked.Policy);
        BinaryPrimitives.WriteUInt64LittleEndian(attributes[8..], asked.ResetOnFork ? 1u : 0);
        BinaryPrimitives.WriteInt32LittleEndian(attributes[16..], realTime ? 0 : asked.Nice);
        BinaryPrimitives.WriteInt32LittleEndian(attributes[20..], asked.RealTimePriority);
        BinaryPrimitives.WriteUInt64LittleEndian(attributes[24..], asked.Reserved.Runtime);
        BinaryPrimitives.WriteUInt64LittleEndian(attributes[32..], asked.Reserved.Deadline);
        BinaryPrimitives.WriteUInt64LittleEndian(attributes[40..], asked.Reserved.Period);
        return 0;
    }

    /// <summary>Of two priorities the higher one; none counts as the middle of the best effort.</summary>
    private static uint HigherInputOutput(uint one, uint other)
    {
        const uint Middle = (2 << 13) | 4;
        return Math.Min(one == 0 ? Middle : one, other == 0 ? Middle : other);
    }
}
