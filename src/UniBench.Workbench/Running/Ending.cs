namespace UniBench.Workbench.Running;

/// <summary>How a scenario ended; the first that is true.</summary>
public enum Ending
{
    /// <summary>Every measured launch succeeded.</summary>
    Complete,

    /// <summary>It was cancelled; what was measured by then is kept.</summary>
    Interrupted,

    /// <summary>A measured launch failed.</summary>
    WorkloadFailed,

    /// <summary>The scenario requires something of its numbers that does not hold.</summary>
    RequirementUnmet,

    /// <summary>A backend that was asked for cannot run here.</summary>
    BackendUnavailable,

    /// <summary>No launch was measured.</summary>
    NothingMeasured,
}
