namespace UniBench.Measure.Comparing;

/// <summary>Whether the whole interval keeps a bound, breaks it, or neither; or why there is none.</summary>
public enum GateStatus
{
    Ok,
    Regression,
    Inconclusive,

    /// <summary>The case was not run, so nobody knows.</summary>
    Missing,

    /// <summary>It compares with another run, and there is none to compare with: a first night, or another machine.</summary>
    Skipped,
}
