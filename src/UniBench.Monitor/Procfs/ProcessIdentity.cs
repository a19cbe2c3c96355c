using UniBench.Monitor.Abi;

namespace UniBench.Monitor.Procfs;

/// <summary>Who a process is, as /proc tells it: real, effective, saved and file system's user and group, and what it may do.</summary>
internal sealed record ProcessIdentity(IReadOnlyList<uint> Users, IReadOnlyList<uint> Groups, IReadOnlyList<uint> Further)
{
    /// <summary>The monitor itself.</summary>
    public static readonly ProcessIdentity Root = new([0, 0, 0, 0], [0, 0, 0, 0], []) { Permitted = All, Effective = All };

    private const ulong All = 0x1ffffffffff; // 41 of them

    public ulong Inheritable { get; init; }

    public ulong Permitted { get; init; }

    public ulong Effective { get; init; }

    public ulong Bounding { get; init; } = All;

    public ulong Ambient { get; init; }

    public bool NoNewPrivileges { get; init; }

    /// <summary>User and group whose rights count, who own its files in /proc.</summary>
    public (uint User, uint Group) Owner => (Users[1], Groups[1]);

    /// <summary>Of a process whose identities are one, and which has all capabilities or none.</summary>
    public static ProcessIdentity Of(in ControlPage control)
    {
        ulong capabilities = control.Uid == 0 ? All : 0;
        return new ProcessIdentity([control.Uid, control.Uid, control.Uid, control.Uid], [control.Gid, control.Gid, control.Gid, control.Gid], [control.Gid])
        {
            Permitted = capabilities,
            Effective = capabilities,
        };
    }

    /// <summary>ptrace(2)'s rule: whether a process may look into another one.</summary>
    /// <param name="isDumpable">The other allows it to processes of its user.</param>
    public bool MayInspect(ProcessIdentity other, bool isDumpable) =>
        Effective == All || (isDumpable && other.Users.Take(3).All(u => u == Users[3]) && other.Groups.Take(3).All(g => g == Groups[3]));
}
