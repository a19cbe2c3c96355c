namespace UniBench.Host;

/// <summary>
/// Another user for whom a thread makes host calls on files: the kernel then checks permissions as that user's, without a gap between check
/// and use, and what is made belongs to them.
/// </summary>
/// <remarks>
/// The thread is that user for the time of each call of <see cref="HostCall"/> and not a moment longer: what .NET does in between (loads
/// an assembly, starts a thread) it does as the user who runs UniBench. Real and effective ids stay; only what files look at changes.
/// </remarks>
public sealed unsafe class HostIdentity
{
    /// <summary>Capabilities that concern files: CHOWN DAC_OVERRIDE DAC_READ_SEARCH FOWNER FSETID LINUX_IMMUTABLE MKNOD MAC_OVERRIDE.</summary>
    public const ulong FileCapabilities = 1UL << 0 | 1UL << 1 | 1UL << 2 | 1UL << 3 | 1UL << 4 | 1UL << 9 | 1UL << 27 | 1UL << 32;

    /// <summary>System calls that it takes to be somebody else.</summary>
    public static readonly IReadOnlyList<LinuxCall> Calls = [LinuxCall.Setgroups, LinuxCall.Setfsuid, LinuxCall.Setfsgid, LinuxCall.Capset];

    private const uint CapabilityVersion = 0x20080522;

    private static readonly uint[] OwnGroups = [.. HostUser.Own.MoreGroups];

    [ThreadStatic]
    private static HostIdentity? current;

    private readonly uint user;
    private readonly uint group;
    private readonly uint[]? moreGroups; // null: as the own ones
    private readonly ulong capabilities;
    private readonly bool setsCapabilities;
    private readonly bool restoresCapabilities;

    private HostIdentity(uint user, uint group, uint[]? moreGroups, ulong capabilities)
    {
        HostUser own = HostUser.Own;
        (this.user, this.group, this.moreGroups) = (user, group, moreGroups);
        this.capabilities = (own.Effective & ~FileCapabilities) | (own.Permitted & capabilities & FileCapabilities);

        // What the kernel makes of the effective set when the file user changes to or from 0.
        ulong there = own.Users.File == 0 && user != 0 ? own.Effective & ~FileCapabilities
            : own.Users.File != 0 && user == 0 ? own.Effective | (own.Permitted & FileCapabilities)
            : own.Effective;
        ulong back = user != 0 && own.Users.File == 0 ? (this.capabilities & ~FileCapabilities) | (own.Permitted & FileCapabilities)
            : user == 0 && own.Users.File != 0 ? this.capabilities & ~FileCapabilities
            : this.capabilities;
        setsCapabilities = there != this.capabilities;
        restoresCapabilities = back != own.Effective;
    }

    /// <summary>For whom the calling thread makes host calls; null: for the user who runs UniBench.</summary>
    public static HostIdentity? Current
    {
        get => current;
        set => current = value;
    }

    /// <param name="moreGroups">Supplementary groups, sorted.</param>
    /// <param name="capabilities">Of which those for files count.</param>
    /// <returns>Null for who runs UniBench, and where that user cannot be anybody else.</returns>
    public static HostIdentity? Of(uint user, uint group, IReadOnlyList<uint> moreGroups, ulong capabilities)
    {
        HostUser own = HostUser.Own;
        if (!own.CanBeOthers)
        {
            return null;
        }

        bool sameGroups = moreGroups.SequenceEqual(own.MoreGroups);
        bool same = user == own.Users.File && group == own.Groups.File && sameGroups && ((capabilities ^ own.Effective) & own.Permitted & FileCapabilities) == 0;
        return same ? null : new HostIdentity(user, group, sameGroups ? null : [.. moreGroups], capabilities);
    }

    /// <summary>Does something as the user who runs UniBench.</summary>
    public static T AsOwn<T>(Func<T> action)
    {
        HostIdentity? before = current;
        current = null;
        try
        {
            return action();
        }
        finally
        {
            current = before;
        }
    }

    /// <summary>One system call as that user.</summary>
    /// <remarks>Between becoming that user and being oneself again there are system calls alone, no managed method that might have to be compiled.</remarks>
    /// <exception cref="HostException">The thread could not become who it was.</exception>
    //// SAFETY: the kernel copies the groups and the capabilities; they stay fixed for the call. The address of errno is the thread's own.
    internal long Call(LinuxCall call, long a, long b, long c, long d, long e)
    {
        nint ownUser = (nint)HostUser.Own.Users.File, ownGroup = (nint)HostUser.Own.Groups.File;
        uint* there = stackalloc uint[8], back = stackalloc uint[8];
        Fill(there, capabilities);
        Fill(back, HostUser.Own.Effective);
        int* errno = NativeMethods.ErrnoLocation();
        int groupCount = moreGroups?.Length ?? -1, ownGroupCount = OwnGroups.Length;
        fixed (uint* groupsThere = moreGroups, groupsBack = OwnGroups)
        {
            if (groupCount >= 0 && NativeMethods.SystemCall(LinuxCall.Setgroups, groupCount, (nint)groupsThere, 0, 0, 0) != 0)
            {
                return -Errno.ENOMEM;
            }

            NativeMethods.SystemCall(LinuxCall.Setfsgid, (nint)group, 0, 0, 0, 0);
            NativeMethods.SystemCall(LinuxCall.Setfsuid, (nint)user, 0, 0, 0, 0);
            bool done = NativeMethods.SystemCall(LinuxCall.Setfsuid, -1, 0, 0, 0, 0) == (nint)user && NativeMethods.SystemCall(LinuxCall.Setfsgid, -1, 0, 0, 0, 0) == (nint)group
                && (!setsCapabilities || NativeMethods.SystemCall(LinuxCall.Capset, (nint)there, (nint)(there + 2), 0, 0, 0) == 0);
            nint result = done ? NativeMethods.SystemCall(call, (nint)a, (nint)b, (nint)c, (nint)d, (nint)e) : -1;
            int failure = done ? *errno : Errno.EPERM;
            NativeMethods.SystemCall(LinuxCall.Setfsuid, ownUser, 0, 0, 0, 0);
            NativeMethods.SystemCall(LinuxCall.Setfsgid, ownGroup, 0, 0, 0, 0);
            bool restored = (groupCount < 0 || NativeMethods.SystemCall(LinuxCall.Setgroups, ownGroupCount, (nint)groupsBack, 0, 0, 0) == 0)
                && (!restoresCapabilities || NativeMethods.SystemCall(LinuxCall.Capset, (nint)back, (nint)(back + 2), 0, 0, 0) == 0);
            return !restored ? throw new HostException("a thread that worked as another user could not become its own again", *errno)
                : result >= 0 ? result : -failure;
        }
    }

    private static void Fill(uint* words, ulong effective)
    {
        (ulong permitted, ulong inheritable) = (HostUser.Own.Permitted, HostUser.Own.Inheritable);
        (words[0], words[1]) = (CapabilityVersion, 0);
        (words[2], words[3], words[4]) = ((uint)effective, (uint)permitted, (uint)inheritable);
        (words[5], words[6], words[7]) = ((uint)(effective >> 32), (uint)(permitted >> 32), (uint)(inheritable >> 32));
    }
}
