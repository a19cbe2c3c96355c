namespace UniBench.Kvm;

/// <summary>Who walks the page tables of guests on this host.</summary>
public enum GuestPaging
{
    /// <summary>Not known: what either kind needs must be done.</summary>
    Unknown,

    /// <summary>KVM, which keeps shadow page tables that it derives from them. It notices changes by the guest, not those by the host.</summary>
    Shadow,

    /// <summary>
    /// The CPU (AMD NPT, Intel EPT). There is nothing derived; what the CPU remembers the guest itself must make it forget. A walk counts as
    /// a write to the table, so no table may lie in a read-only memory slot: KVM would emulate the instruction that caused the walk.
    /// </summary>
    Nested,
}
