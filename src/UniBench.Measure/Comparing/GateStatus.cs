namespace UniBench.Measure.Comparing;

/// <summary>Whether the whole interval keeps a bound, breaks it, or neither.</summary>
public enum GateStatus
{
    Ok,
    Regression,
    Inconclusive,
}
