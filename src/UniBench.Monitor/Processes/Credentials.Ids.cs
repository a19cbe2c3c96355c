using UniBench.Host;

namespace UniBench.Monitor.Processes;

/// <summary>setuid and its kin. Each gives what the process is afterwards, and the call's result.</summary>
internal sealed partial record Credentials
{
    private const uint Unchanged = uint.MaxValue;

    /// <summary>NGROUPS_MAX.</summary>
    public const int MostGroups = 65536;

    /// <summary>/proc/sys/fs/suid_dumpable: what PR_GET_DUMPABLE tells of who has changed.</summary>
    private static readonly int DumpableOnceChanged = File.Exists("/proc/sys/fs/suid_dumpable") && int.TryParse(File.ReadAllText("/proc/sys/fs/suid_dumpable"), out int value) ? value : 0;

    public (Credentials Next, long Result) SetUser(uint id)
    {
        bool may = Has(Capability.SetUid);
        return !HostUser.Own.KnowsUser(id) ? Refuse(Errno.EINVAL)
            : !may && id != Users.Real && id != Users.Saved ? Refuse(Errno.EPERM)
            : Become(new IdSet(may ? id : Users.Real, id, may ? id : Users.Saved, id));
    }

    public (Credentials Next, long Result) SetGroup(uint id)
    {
        bool may = Has(Capability.SetGid);
        return !HostUser.Own.KnowsGroup(id) ? Refuse(Errno.EINVAL)
            : !may && id != Groups.Real && id != Groups.Saved ? Refuse(Errno.EPERM)
            : BecomeGroup(new IdSet(may ? id : Groups.Real, id, may ? id : Groups.Saved, id));
    }

    public (Credentials Next, long Result) SetUsers(uint real, uint effective) =>
        !Known(HostUser.Own.KnowsUser, real, effective) ? Refuse(Errno.EINVAL)
        : Exchanged(Users, real, effective, Has(Capability.SetUid)) is { } ids ? Become(ids) : Refuse(Errno.EPERM);

    public (Credentials Next, long Result) SetGroups(uint real, uint effective) =>
        !Known(HostUser.Own.KnowsGroup, real, effective) ? Refuse(Errno.EINVAL)
        : Exchanged(Groups, real, effective, Has(Capability.SetGid)) is { } ids ? BecomeGroup(ids) : Refuse(Errno.EPERM);

    public (Credentials Next, long Result) SetUsers(uint real, uint effective, uint saved) =>
        !Known(HostUser.Own.KnowsUser, real, effective, saved) ? Refuse(Errno.EINVAL)
        : Chosen(Users, real, effective, saved, Has(Capability.SetUid)) is { } ids ? Become(ids) : Refuse(Errno.EPERM);

    public (Credentials Next, long Result) SetGroups(uint real, uint effective, uint saved) =>
        !Known(HostUser.Own.KnowsGroup, real, effective, saved) ? Refuse(Errno.EINVAL)
        : Chosen(Groups, real, effective, saved, Has(Capability.SetGid)) is { } ids ? BecomeGroup(ids) : Refuse(Errno.EPERM);

    /// <summary>setfsuid(2), which tells the old one and no error.</summary>
    public (Credentials Next, long Result) SetFileUser(uint id)
    {
        bool may = HostUser.Own.KnowsUser(id) && (Has(Capability.SetUid) || id == Users.Real || id == Users.Effective || id == Users.Saved || id == Users.File);
        return (may && id != Users.File ? WithFileUser(id) : this, Users.File);
    }

    public (Credentials Next, long Result) SetFileGroup(uint id)
    {
        bool may = HostUser.Own.KnowsGroup(id) && (Has(Capability.SetGid) || id == Groups.Real || id == Groups.Effective || id == Groups.Saved || id == Groups.File);
        return (may && id != Groups.File ? Changed(this with { Groups = Groups with { File = id } }) : this, Groups.File);
    }

    /// <summary>setgroups(2).</summary>
    public (Credentials Next, long Result) SetMoreGroups(IReadOnlyList<uint> ids) =>
        !Has(Capability.SetGid) ? Refuse(Errno.EPERM)
        : ids.Count > MostGroups || !ids.All(HostUser.Own.KnowsGroup) ? Refuse(Errno.EINVAL)
        : (this with { MoreGroups = [.. ids.Order()] }, 0);

    private static bool Known(Func<uint, bool> knows, params ReadOnlySpan<uint> ids)
    {
        foreach (uint id in ids)
        {
            if (id != Unchanged && !knows(id))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>setreuid, setregid.</summary>
    private static IdSet? Exchanged(IdSet old, uint real, uint effective, bool may)
    {
        bool refused = (real != Unchanged && real != old.Real && real != old.Effective)
            || (effective != Unchanged && effective != old.Real && effective != old.Effective && effective != old.Saved);
        if (refused && !may)
        {
            return null;
        }

        uint now = effective == Unchanged ? old.Effective : effective;
        bool saves = real != Unchanged || (effective != Unchanged && effective != old.Real);
        return new IdSet(real == Unchanged ? old.Real : real, now, saves ? now : old.Saved, now);
    }

    /// <summary>setresuid, setresgid.</summary>
    private static IdSet? Chosen(IdSet old, uint real, uint effective, uint saved, bool may)
    {
        if (!may && (IsNew(real) || IsNew(effective) || IsNew(saved)))
        {
            return null;
        }

        if ((real == Unchanged || real == old.Real) && (effective == Unchanged || (effective == old.Effective && effective == old.File)) && (saved == Unchanged || saved == old.Saved))
        {
            return old; // the file id too
        }

        uint now = effective == Unchanged ? old.Effective : effective;
        return new IdSet(real == Unchanged ? old.Real : real, now, saved == Unchanged ? old.Saved : saved, now);

        bool IsNew(uint id) => id != Unchanged && id != old.Real && id != old.Effective && id != old.Saved;
    }

    /// <summary>Other users, with what that does to capabilities: "Effect of user ID changes on capabilities".</summary>
    private (Credentials Next, long Result) Become(IdSet users)
    {
        Credentials next = this with { Users = users };
        if ((SecureBits & NoSetUidFixup) == 0)
        {
            bool wasRoot = Users.Real == 0 || Users.Effective == 0 || Users.Saved == 0;
            if (wasRoot && users.Real != 0 && users.Effective != 0 && users.Saved != 0)
            {
                bool keeps = (SecureBits & KeepCapabilities) != 0;
                next = next with { Permitted = keeps ? next.Permitted : 0, Effective = keeps ? next.Effective : 0, Ambient = 0 };
            }

            if (Users.Effective == 0 && users.Effective != 0)
            {
                next = next with { Effective = 0 };
            }
            else if (Users.Effective != 0 && users.Effective == 0)
            {
                next = next with { Effective = next.Permitted };
            }
        }

        return (Changed(next), 0);
    }

    private (Credentials Next, long Result) BecomeGroup(IdSet groups) => (Changed(this with { Groups = groups }), 0);

    private Credentials WithFileUser(uint id)
    {
        Credentials next = this with { Users = Users with { File = id } };
        if ((SecureBits & NoSetUidFixup) == 0)
        {
            next = Users.File == 0 ? next with { Effective = Effective & ~Capability.OfFiles }
                : id == 0 ? next with { Effective = Effective | (Permitted & Capability.OfFiles) }
                : next;
        }

        return Changed(next);
    }

    /// <summary>Who acts as somebody else, or may do more, is not dumped.</summary>
    private Credentials Changed(Credentials next) => IsAnother(next) ? next with { Dumpable = DumpableOnceChanged } : next;

    /// <summary>Whether a change is one after which the signal at the parent's end is forgotten, too.</summary>
    public bool IsAnother(Credentials next) =>
        Users.Effective != next.Users.Effective || Groups.Effective != next.Groups.Effective || Users.File != next.Users.File || Groups.File != next.Groups.File
        || (next.Permitted & ~Permitted) != 0;
}
