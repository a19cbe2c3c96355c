namespace UniBench.Measure;

/// <summary>What the recorded rounds themselves say against believing a number.</summary>
public static class LaunchFindings
{
    private static readonly HashSet<string> Codes =
    [
        "not-run", "failed", "few-rounds", "bimodal", "noisy", "drift", "outliers", "more-cpu", "unsupported-calls", "steal", "note", "cpus-moved", "cpu-speed", OtherBuildFindings.Code, EmulationFindings.Code,
    ];

    public static IEnumerable<Finding> Of(IReadOnlyList<CaseMetric> cases, IReadOnlyList<RoundRecord> rounds, IReadOnlyList<Yardstick> yardsticks, double confidence, string reference)
    {
        ArgumentNullException.ThrowIfNull(cases);
        ArgumentNullException.ThrowIfNull(rounds);
        return [.. YardstickFindings.Of(yardsticks), .. StatusFindings.Of(cases), .. SpreadFindings.Of(cases, confidence), .. CostFindings.Of(cases, rounds, reference)];
    }

    /// <summary>What whoever launched them saw: findings that do not follow from the launches.</summary>
    public static IEnumerable<Finding> OfRunner(RunResults results)
    {
        ArgumentNullException.ThrowIfNull(results);
        return results.Findings.Where(f => !Codes.Contains(f.Code));
    }

    /// <summary>A few names, then how many more: a finding is read, a list of sixty cases is not.</summary>
    internal static string Names(IReadOnlyCollection<string> names)
    {
        const int Shown = 4;
        string shown = string.Join("; ", names.Take(Shown));
        return names.Count > Shown ? $"{shown}; and {names.Count - Shown} more" : shown;
    }
}
