using System.Buffers.Binary;
using System.Runtime.InteropServices;
using UniBench.Host;
using UniBench.Monitor.Abi;
using UniBench.Monitor.Processes;

namespace UniBench.Monitor.Families;

/// <summary>System calls about users, groups, capabilities and priorities, by Linux's numbers; sets and lists are in the bounce buffer.</summary>
internal sealed partial class GuestProcess
{
    private const int GroupsAtOnce = GuestLayout.BounceSize / sizeof(uint);
    private HostIdentity? onFiles; // null: as who runs UniBench
    private uint[]? stagedGroups; // of a setgroups whose list comes in pieces

    /// <summary>Who it is and what it may do.</summary>
    public Credentials Credentials => Entry.Credentials;

    /// <summary>Its thread makes host calls on files for it from now on. On that thread.</summary>
    private void ActOnFiles() => HostIdentity.Current = onFiles;

    private long UserCall(int number, long a, long b, long c, long d, ulong e)
    {
        const int ResetOnFork = 0x40000000;
        switch (number)
        {
            case UnameCall:
                return TellNames();
            case SetHostNameCall or SetDomainNameCall:
                return Rename(isDomain: number == SetDomainNameCall);
            case LimitCall:
                return LimitOther((int)a, (ulong)b, sets: c != 0);
            case ReadOtherCall or WriteOtherCall:
                return MoveMemory((int)a, (ulong)b, c, writes: number == WriteOtherCall);
            case CompareCall:
                return Compare((int)a, (int)b, c, (ulong)d, e);
            case 105:
                return Become(Credentials.SetUser((uint)a));
            case 106:
                return Become(Credentials.SetGroup((uint)a));
            case 113:
                return Become(Credentials.SetUsers((uint)a, (uint)b));
            case 114:
                return Become(Credentials.SetGroups((uint)a, (uint)b));
            case 115:
                return ListGroups((int)Math.Clamp(a, 0, Credentials.MostGroups));
            case 116:
                return StageGroups(a, b);
            case 117:
                return Become(Credentials.SetUsers((uint)a, (uint)b, (uint)c));
            case 119:
                return Become(Credentials.SetGroups((uint)a, (uint)b, (uint)c));
            case 122:
                return Become(Credentials.SetFileUser((uint)a));
            case 123:
                return Become(Credentials.SetFileGroup((uint)a));
            case 125:
                return TellCapabilities((int)a);
            case 126:
                ReadOnlySpan<ulong> sets = MemoryMarshal.Cast<byte, ulong>(Vm.Bounce.Span)[..3];
                return Become(Credentials.SetCapabilities(sets[0], sets[1], sets[2]));
            case 157:
                return Become(Credentials.Control((int)a, (ulong)b, (ulong)c, d == 0));
            case 140:
                return family.Schedulings(this, (int)a, (int)b) is { Count: > 0 } found ? 20 - found.Min(s => s.Nice) : -Errno.ESRCH;
            case 141:
                return family.Reschedule(this, (int)a, (int)b, (s, own) => s.Renice((int)c, Credentials, own, (ulong)d));
            case 144:
                return family.Schedule(
                    this, (int)a, s => s with { Policy = (int)b & ~ResetOnFork, ResetOnFork = ((int)b & ResetOnFork) != 0, RealTimePriority = (int)c, Reserved = default }, (ulong)d, e);
            case 142:
                return family.Schedule(this, (int)a, s => s with { RealTimePriority = (int)b }, (ulong)c, (ulong)d);
            case 314:
                return SetSchedulingAttributes((int)a, (ulong)b, (ulong)c);
            case 315:
                return TellScheduling((int)a);
            case 251:
                return family.Reschedule(this, (int)a - 1, (int)b, (s, own) => s.SetInputOutput((uint)c, Credentials, own));
            case 252:
                return family.Schedulings(this, (int)a - 1, (int)b) is { Count: > 0 } asked ? asked.Select(s => s.InputOutput).Aggregate(HigherInputOutput) : -Errno.ESRCH;
            default:
                return -Errno.ENOSYS;
        }
    }

    private long Become((Credentials Next, long Result) change)
    {
        if (!ReferenceEquals(change.Next, Credentials))
        {
            if (Credentials.IsAnother(change.Next))
            {
                Vm.Control.DeathSignal = 0;
            }

            Entry.Credentials = change.Next;
            PublishCredentials();
            onFiles = change.Next.OnFiles();
            ActOnFiles();
        }

        return change.Result;
    }

    /// <summary>Tells the library OS who its process is.</summary>
    private void PublishCredentials()
    {
        ref ControlPage control = ref Vm.Control;
        Credentials own = Credentials;
        (control.Uid, control.Euid, control.Suid) = (own.Users.Real, own.Users.Effective, own.Users.Saved);
        (control.Gid, control.Egid, control.Sgid) = (own.Groups.Real, own.Groups.Effective, own.Groups.Saved);
        control.Capabilities = own.Effective;
    }

    /// <summary>Supplementary groups from one on, as many as there is room for.</summary>
    /// <returns>How many there are in all.</returns>
    private int ListGroups(int from)
    {
        ReadOnlySpan<uint> groups = Credentials.MoreGroups.AsSpan();
        ReadOnlySpan<uint> piece = groups[Math.Min(from, groups.Length)..];
        MemoryMarshal.AsBytes(piece[..Math.Min(piece.Length, GroupsAtOnce)]).CopyTo(Vm.Bounce.Span);
        return groups.Length;
    }

    /// <summary>A piece of setgroups' list; with the last one they are set.</summary>
    private long StageGroups(long count, long from)
    {
        if (!Credentials.Has(Capability.SetGid))
        {
            return -Errno.EPERM;
        }

        if (from == 0)
        {
            stagedGroups = count is >= 0 and <= Credentials.MostGroups ? new uint[count] : null;
        }

        if (stagedGroups is not { } staged || staged.Length != count || from < 0 || from > count)
        {
            return -Errno.EINVAL;
        }

        int piece = (int)Math.Min(count - from, GroupsAtOnce);
        MemoryMarshal.Cast<byte, uint>(Vm.Bounce.Span)[..piece].CopyTo(staged.AsSpan((int)from));
        if (from + piece < count)
        {
            return 0;
        }

        stagedGroups = null;
        return Become(Credentials.SetMoreGroups(staged));
    }

    private long TellCapabilities(int pid)
    {
        if (family.CredentialsOf(this, pid) is not { } asked)
        {
            return -Errno.ESRCH;
        }

        Span<ulong> sets = MemoryMarshal.Cast<byte, ulong>(Vm.Bounce.Span)[..3];
        (sets[0], sets[1], sets[2]) = (asked.Effective, asked.Permitted, asked.Inheritable);
        return 0;
    }

    /// <summary>struct sched_attr in the bounce buffer.</summary>
    private long SetSchedulingAttributes(int pid, ulong niceLimit, ulong realTimeLimit)
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

        return family.Schedule(
            this,
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
    private long TellScheduling(int pid)
    {
        if (family.SchedulingOf(this, pid) is not { } asked)
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
