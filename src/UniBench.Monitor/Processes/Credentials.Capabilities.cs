using UniBench.Host;

namespace UniBench.Monitor.Processes;

/// <summary>capset and what prctl does about capabilities.</summary>
internal sealed partial record Credentials
{
    private const uint NoRoot = 1, NoSetUidFixup = 1 << 2, KeepCapabilities = 1 << 4, KeepCapabilitiesLocked = 1 << 5, NoAmbientRaise = 1 << 6;
    private const uint SecureBitsKnown = 0x55, SecureLocks = 0xaa;

    /// <summary>capset(2).</summary>
    public (Credentials Next, long Result) SetCapabilities(ulong effective, ulong permitted, ulong inheritable)
    {
        (effective, permitted, inheritable) = (effective & Capability.All, permitted & Capability.All, inheritable & Capability.All);
        bool refused = (!Has(Capability.SetPcap) && (inheritable & ~(Inheritable | Permitted)) != 0)
            || (inheritable & ~(Inheritable | Bounding)) != 0
            || (permitted & ~Permitted) != 0
            || (effective & ~permitted) != 0;
        return refused
            ? Refuse(Errno.EPERM)
            : (this with { Effective = effective, Permitted = permitted, Inheritable = inheritable, Ambient = Ambient & permitted & inheritable }, 0);
    }

    /// <summary>prctl(2): the options that are about credentials.</summary>
    public (Credentials Next, long Result) Control(int option, ulong a, ulong b, bool moreIsZero)
    {
        const int GetDumpable = 3, SetDumpable = 4, GetKeep = 7, SetKeep = 8, ReadBounding = 23, DropBounding = 24, GetSecureBits = 27, SetSecureBits = 28,
            SetNoNewPrivileges = 38, GetNoNewPrivileges = 39, AmbientSet = 47;
        return option switch
        {
            GetDumpable => (this, Dumpable),
            SetDumpable => a > 1 ? Refuse(Errno.EINVAL) : (this with { Dumpable = (int)a }, 0),
            GetKeep => (this, (SecureBits & KeepCapabilities) != 0 ? 1 : 0),
            SetKeep => a > 1 ? Refuse(Errno.EINVAL)
                : (SecureBits & KeepCapabilitiesLocked) != 0 ? Refuse(Errno.EPERM)
                : (this with { SecureBits = (SecureBits & ~KeepCapabilities) | (a == 1 ? KeepCapabilities : 0) }, 0),
            ReadBounding => Capability.Exists((long)a) ? (this, (long)(Bounding >> (int)a & 1)) : Refuse(Errno.EINVAL),
            DropBounding => !Has(Capability.SetPcap) ? Refuse(Errno.EPERM)
                : !Capability.Exists((long)a) ? Refuse(Errno.EINVAL)
                : (this with { Bounding = Bounding & ~(1UL << (int)a) }, 0),
            GetSecureBits => (this, SecureBits),
            SetSecureBits => MaySetSecureBits(a) ? (this with { SecureBits = (uint)a }, 0) : Refuse(Errno.EPERM),
            SetNoNewPrivileges => a == 1 && b == 0 && moreIsZero ? (this with { NoNewPrivileges = true }, 0) : Refuse(Errno.EINVAL),
            GetNoNewPrivileges => a == 0 && b == 0 && moreIsZero ? (this, NoNewPrivileges ? 1 : 0) : Refuse(Errno.EINVAL),
            AmbientSet => ControlAmbient(a, b, moreIsZero),
            _ => Refuse(Errno.EINVAL),
        };
    }

    // A locked bit stays, a lock stays, what is not known is refused.
    private bool MaySetSecureBits(ulong wanted) =>
        (((SecureBits & SecureLocks) >> 1) & (SecureBits ^ wanted)) == 0
        && (SecureBits & SecureLocks & ~wanted) == 0
        && (wanted & ~(ulong)(SecureBitsKnown | SecureLocks)) == 0
        && Has(Capability.SetPcap);

    private (Credentials Next, long Result) ControlAmbient(ulong what, ulong capability, bool moreIsZero)
    {
        const ulong IsSet = 1, Raise = 2, Lower = 3, Clear = 4;
        if (what == Clear)
        {
            return capability == 0 && moreIsZero ? (this with { Ambient = 0 }, 0) : Refuse(Errno.EINVAL);
        }

        if (!Capability.Exists((long)capability) || !moreIsZero || what is not (IsSet or Raise or Lower))
        {
            return Refuse(Errno.EINVAL);
        }

        ulong bit = 1UL << (int)capability;
        return what == IsSet ? (this, (Ambient & bit) != 0 ? 1 : 0)
            : what == Lower ? (this with { Ambient = Ambient & ~bit }, 0)
            : (Permitted & Inheritable & bit) == 0 || (SecureBits & NoAmbientRaise) != 0 ? Refuse(Errno.EPERM)
            : (this with { Ambient = Ambient | bit }, 0);
    }
}
