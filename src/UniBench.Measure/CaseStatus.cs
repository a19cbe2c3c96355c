namespace UniBench.Measure;

/// <summary>The values of <see cref="CaseMetric.Status"/> and <see cref="RoundRecord.Status"/>.</summary>
public static class CaseStatus
{
    public const string Ok = "ok";

    /// <summary>At least one measured launch failed or did not print the metric.</summary>
    public const string Failed = "failed";

    /// <summary>No measured launch took place.</summary>
    public const string NotRun = "not-run";
}
