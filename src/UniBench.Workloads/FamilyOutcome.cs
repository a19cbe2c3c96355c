namespace UniBench.Workloads;

/// <summary>Why a family ended.</summary>
public enum FamilyOutcome
{
    /// <summary>Every process ended by itself or by a signal of its own family.</summary>
    Completed,

    /// <summary>The family's time limit passed and its processes were killed.</summary>
    TimedOut,

    /// <summary>The caller cancelled and the family's processes were killed.</summary>
    Cancelled,
}
