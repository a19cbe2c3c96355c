using System.Runtime.InteropServices;
using UniBench.Host;
using UniBench.Monitor.Abi;
using UniBench.Monitor.Families;
using UniBench.Monitor.Processes;

namespace UniBench.Monitor.Calls;

/// <summary>System calls about users, groups, capabilities and priorities, by Linux's numbers; sets and lists are in the bounce buffer.</summary>
internal sealed class UserCalls(GuestProcess process) : CallModule(process)
{
    private const int GroupsAtOnce = GuestLayout.BounceSize / sizeof(uint);
    private HostIdentity? onFiles; // null: as who runs UniBench
    private uint[]? stagedGroups; // of a setgroups whose list comes in pieces

    /// <summary>A child acts for whom its parent acts.</summary>
    public void Inherit(UserCalls parent) => onFiles = parent.onFiles;

    /// <summary>Its thread makes host calls on files for it from now on. On that thread.</summary>
    public void ActOnFiles() => HostIdentity.Current = onFiles;

    public long Become((Credentials Next, long Result) change)
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
    public void PublishCredentials()
    {
        ref ControlPage control = ref Vm.Control;
        Credentials own = Credentials;
        (control.Uid, control.Euid, control.Suid) = (own.Users.Real, own.Users.Effective, own.Users.Saved);
        (control.Gid, control.Egid, control.Sgid) = (own.Groups.Real, own.Groups.Effective, own.Groups.Saved);
        control.Capabilities = own.Effective;
    }

    /// <summary>Supplementary groups from one on, as many as there is room for.</summary>
    /// <returns>How many there are in all.</returns>
    public int ListGroups(int from)
    {
        ReadOnlySpan<uint> groups = Credentials.MoreGroups.AsSpan();
        ReadOnlySpan<uint> piece = groups[Math.Min(from, groups.Length)..];
        MemoryMarshal.AsBytes(piece[..Math.Min(piece.Length, GroupsAtOnce)]).CopyTo(Vm.Bounce.Span);
        return groups.Length;
    }

    /// <summary>A piece of setgroups' list; with the last one they are set.</summary>
    public long StageGroups(long count, long from)
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

    public long TellCapabilities(int pid)
    {
        if (Family.CredentialsOf(Process, pid) is not { } asked)
        {
            return -Errno.ESRCH;
        }

        Span<ulong> sets = MemoryMarshal.Cast<byte, ulong>(Vm.Bounce.Span)[..3];
        (sets[0], sets[1], sets[2]) = (asked.Effective, asked.Permitted, asked.Inheritable);
        return 0;
    }

    /// <summary>capset: the three sets are in the bounce buffer.</summary>
    public long SetCapabilities()
    {
        ReadOnlySpan<ulong> sets = MemoryMarshal.Cast<byte, ulong>(Vm.Bounce.Span)[..3];
        return Become(Credentials.SetCapabilities(sets[0], sets[1], sets[2]));
    }
}
