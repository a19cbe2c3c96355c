using UniBench.Measure.Statistics;

namespace UniBench.Measure.Comparing;

/// <summary>One metric of one case in two runs.</summary>
/// <param name="Before">In the run compared with.</param>
/// <param name="After">In the run that is judged.</param>
/// <param name="Verdict">Null when the two cannot be compared.</param>
/// <param name="Reason">Why there is no verdict; null when there is one.</param>
public sealed record ComparedMetric(CaseMetric Before, CaseMetric After, Verdict? Verdict, string? Reason)
{
    /// <summary>Its backend's engine is ours and may have changed; the other backends' cases are controls.</summary>
    public bool IsJudged { get; init; }

    /// <summary>The smallest threshold that these two runs can decide, as a part; null when there are too few rounds.</summary>
    public double? Resolution { get; init; }

    /// <summary>How far the values now lie above those before, in the metric's unit; null where ratios to the process are compared.</summary>
    public (double Estimate, Interval Interval)? Shift { get; init; }

    /// <summary>It was measured before and fails now: worse than any number.</summary>
    public bool HasBroken => Before.Status == CaseStatus.Ok && After.Status == CaseStatus.Failed;
}
