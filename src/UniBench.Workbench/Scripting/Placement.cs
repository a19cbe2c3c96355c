namespace UniBench.Workbench.Scripting;

/// <summary>On which CPUs a workload's processes may run. It decides pipe latencies, so it is part of every case.</summary>
public enum Placement
{
    /// <summary>Left to the scheduler.</summary>
    Free,

    /// <summary>All on one CPU.</summary>
    Same,

    /// <summary>On two CPUs.</summary>
    Cross,
}
