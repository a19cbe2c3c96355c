using UniBench.Host;

namespace UniBench.Monitor.Processes;

/// <summary>What a process is with its next program: "Transformation of capabilities during execve()".</summary>
internal sealed partial record Credentials
{
    /// <summary>Mode bits: set-user-ID; set-group-ID, which means that only together with the group's x.</summary>
    private const uint SetUserBit = 0x800, SetGroupBits = 0x400 | 0x8;

    /// <param name="mode">Of the program's file, of which the set-ID bits count; of a script, its interpreter's.</param>
    /// <param name="owner">Its owner and group.</param>
    /// <param name="secure">AT_SECURE: the program runs with other rights than its caller has.</param>
    public Credentials Execute(uint mode, uint owner, uint group, bool isReadable, out bool secure)
    {
        bool setsUser = (mode & SetUserBit) != 0 && !NoNewPrivileges, setsGroup = (mode & SetGroupBits) == SetGroupBits && !NoNewPrivileges;
        uint user = setsUser ? owner : Users.Effective, groupId = setsGroup ? group : Groups.Effective;
        bool isRoot = (SecureBits & NoRoot) == 0 && (user == 0 || Users.Real == 0);
        ulong permitted = isRoot ? Bounding | Inheritable : 0;
        bool raises = isRoot && user == 0;
        bool changes = user != Users.Effective || !(groupId == Groups.Effective || IsInGroup(groupId));
        if ((changes || (permitted & ~Permitted) != 0) && NoNewPrivileges)
        {
            (user, groupId) = (Users.Real, Groups.Real);
            permitted &= Permitted;
        }

        ulong ambient = changes ? 0 : Ambient;
        bool grows = (permitted & ~ambient) != 0;
        permitted |= ambient;
        secure = changes || user != Users.Real || groupId != Groups.Real || (Users.Real != 0 && (raises || grows));
        Credentials next = this with
        {
            Users = new IdSet(Users.Real, user, user, user),
            Groups = new IdSet(Groups.Real, groupId, groupId, groupId),
            Permitted = permitted,
            Effective = raises ? permitted : ambient,
            Ambient = ambient,
            SecureBits = SecureBits & ~KeepCapabilities,
        };
        bool plain = isReadable && next.Users.Effective == next.Users.Real && next.Groups.Effective == next.Groups.Real;
        return next with { Dumpable = plain ? 1 : DumpableOnceChanged };
    }
}
