namespace UniBench.Measure;

/// <summary>Noise: too few rounds, wide intervals, two groups, outliers, drift.</summary>
internal static class SpreadFindings
{
    public static IEnumerable<Finding> Of(IReadOnlyList<CaseMetric> cases, double confidence)
    {
        foreach (SpreadCheck check in SpreadCheck.All(confidence))
        {
            string[] names = [.. cases
                .Select(c => (Case: c, Flag: check.Flag(c)))
                .Where(x => x.Flag is not null)
                .Select(x => $"{x.Case.Id} {x.Case.Metric} ({x.Flag!.Detail})")];
            if (names.Length > 0)
            {
                yield return new Finding(check.Severity, check.Code, $"{check.Message}: {LaunchFindings.Names(names)}", check.Advice);
            }
        }
    }
}
