namespace UniBench.Measure;

/// <summary>Cases without a trustworthy number: failed, or never run.</summary>
internal static class StatusFindings
{
    public static IEnumerable<Finding> Of(IReadOnlyList<CaseMetric> cases)
    {
        foreach (var group in cases.Where(c => c.Status == CaseStatus.NotRun).GroupBy(c => c.Reason))
        {
            string[] ids = [.. group.Select(c => c.Id).Distinct()];
            yield return new Finding(
                Severity.Error, "not-run", $"{Count(ids.Length)} not run ({group.Key}): {LaunchFindings.Names(ids)}",
                "unibench doctor says what is missing here");
        }

        foreach (var group in cases.Where(c => c.Status == CaseStatus.Failed).GroupBy(c => c.Reason))
        {
            string[] ids = [.. group.Select(c => c.Id).Distinct()];
            yield return new Finding(
                Severity.Error, "failed", $"{Count(ids.Length)} failed ({group.Key}): {LaunchFindings.Names(ids)}",
                "the numbers of these cases come from the remaining rounds only: run the workload with unibench exec to see why");
        }
    }

    private static string Count(int cases) => cases == 1 ? "1 case" : FormattableString.Invariant($"{cases} cases");
}
