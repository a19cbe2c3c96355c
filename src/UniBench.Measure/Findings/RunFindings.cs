namespace UniBench.Measure;

/// <summary>What the recorded rounds themselves say against believing a number.</summary>
public static class RunFindings
{
    public static IEnumerable<Finding> Of(IReadOnlyList<CaseResult> cases, IReadOnlyList<RoundRecord> rounds, double confidence)
    {
        ArgumentNullException.ThrowIfNull(cases);
        ArgumentNullException.ThrowIfNull(rounds);
        return [.. StatusFindings.Of(cases), .. SpreadFindings.Of(cases, confidence), .. CostFindings.Of(cases, rounds)];
    }

    /// <summary>A few names, then how many more: a finding is read, a list of sixty cases is not.</summary>
    internal static string Names(IReadOnlyCollection<string> names)
    {
        const int Shown = 4;
        string shown = string.Join("; ", names.Take(Shown));
        return names.Count > Shown ? $"{shown}; and {names.Count - Shown} more" : shown;
    }
}
