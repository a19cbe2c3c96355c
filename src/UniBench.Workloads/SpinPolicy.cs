namespace UniBench.Workloads;

/// <summary>Whether a process that waits for another looks again for a while before it sleeps. Mirrors enum ub_spin_policy.</summary>
public enum SpinPolicy
{
    /// <summary>Where a peer runs on another core, as long as blocking would take, less for a process whose spins are in vain.</summary>
    Auto,

    /// <summary>Sleeps at once.</summary>
    Never,

    /// <summary>Spins as long as blocking would take each time, whatever the cores do; then sleeps.</summary>
    Always,
}
