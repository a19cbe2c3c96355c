namespace UniBench.Measure;

/// <summary>A case as the run planned it, whether or not it could be run.</summary>
/// <param name="Metrics">The metrics kept of it; each gives one <see cref="CaseMetric"/>.</param>
/// <param name="NotRunReason">Why it is not run at all (a backend that is missing here); null when it is scheduled.</param>
public sealed record PlannedCase(CasePoint Point, IReadOnlyList<MetricSpec> Metrics, string? NotRunReason = null);
