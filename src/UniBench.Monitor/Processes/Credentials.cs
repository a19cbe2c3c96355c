using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using UniBench.Host;

namespace UniBench.Monitor.Processes;

/// <summary>Who a process is and what it may do, as credentials(7) and capabilities(7) have it. A change makes a new one, so that others read it at any time.</summary>
/// <remarks>Kept by the monitor; what the library OS sees of it is a copy. The first process's are those of the user who runs UniBench, and no process comes to have more.</remarks>
internal sealed partial record Credentials
{
    /// <summary>Of the user who runs UniBench. A capability that this user would have to raise first is none, and root's next program has no more than root.</summary>
    public static Credentials OfHost { get; } = new()
    {
        Users = HostUser.Own.Users,
        Groups = HostUser.Own.Groups,
        MoreGroups = [.. HostUser.Own.MoreGroups],
        Inheritable = HostUser.Own.Inheritable & RootsOwn,
        Permitted = HostUser.Own.Effective & Capability.All,
        Effective = HostUser.Own.Effective & Capability.All,
        Bounding = HostUser.Own.Bounding & RootsOwn,
        Ambient = HostUser.Own.Ambient & HostUser.Own.Effective & Capability.All,
        NoNewPrivileges = HostUser.Own.HasNoNewPrivileges,
    };

    private static ulong RootsOwn => HostUser.Own.Users.Effective == 0 ? HostUser.Own.Effective & Capability.All : Capability.All;

    public required IdSet Users { get; init; }

    public required IdSet Groups { get; init; }

    /// <summary>Supplementary groups, sorted.</summary>
    public ImmutableArray<uint> MoreGroups { get; init; } = [];

    /// <summary>Capability sets, a bit each.</summary>
    public ulong Inheritable { get; init; }

    public ulong Permitted { get; init; }

    public ulong Effective { get; init; }

    public ulong Bounding { get; init; } = Capability.All;

    public ulong Ambient { get; init; }

    /// <summary>SECBIT_*.</summary>
    public uint SecureBits { get; init; }

    public bool NoNewPrivileges { get; init; }

    /// <summary>What PR_GET_DUMPABLE tells.</summary>
    public int Dumpable { get; init; } = 1;

    public bool Has(int capability) => (Effective >> capability & 1) != 0;

    public bool IsInGroup(uint group) => group == Groups.File || MoreGroups.BinarySearch(group) >= 0;

    /// <summary>Whether it may send signals to a process: kill(2). SIGCONT within a session is the caller's business.</summary>
    public bool MaySignal(Credentials target) => target.IsOf(Users.Real, Users.Effective) || Has(Capability.Kill);

    /// <summary>Whether who acts with these ids may send it signals without a capability.</summary>
    public bool IsOf(uint real, uint effective) => effective == Users.Saved || effective == Users.Real || real == Users.Saved || real == Users.Real;

    /// <summary>For whom the host is asked about files.</summary>
    public HostIdentity? OnFiles() => HostIdentity.Of(Users.File, Groups.File, MoreGroups, Effective);

    /// <summary>The same for access(2), which asks for the real user: a set-user-ID program's way to find out what its caller may do.</summary>
    public HostIdentity? OnAccess() => HostIdentity.Of(
        Users.Real, Groups.Real, MoreGroups, (SecureBits & NoSetUidFixup) != 0 ? Effective : Users.Real == 0 ? Permitted : 0);

    /// <summary>Lines of /proc/PID/status: Uid, Gid.</summary>
    public string UserLines()
    {
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"Uid:\t{Users.Real}\t{Users.Effective}\t{Users.Saved}\t{Users.File}\n");
        text.Append(CultureInfo.InvariantCulture, $"Gid:\t{Groups.Real}\t{Groups.Effective}\t{Groups.Saved}\t{Groups.File}\n");
        return text.ToString();
    }

    /// <summary>The line Groups of /proc/PID/status.</summary>
    public string GroupsLine() => $"Groups:\t{string.Join(' ', MoreGroups)} \n";

    /// <summary>Lines of /proc/PID/status: CapInh to CapAmb, NoNewPrivs.</summary>
    public string CapabilityLines() => string.Create(
        CultureInfo.InvariantCulture,
        $"CapInh:\t{Inheritable:x16}\nCapPrm:\t{Permitted:x16}\nCapEff:\t{Effective:x16}\nCapBnd:\t{Bounding:x16}\nCapAmb:\t{Ambient:x16}\nNoNewPrivs:\t{(NoNewPrivileges ? 1 : 0)}\n");

    private (Credentials Next, long Result) Refuse(int errno) => (this, -errno);
}
