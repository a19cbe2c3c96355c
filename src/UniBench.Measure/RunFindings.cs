namespace UniBench.Measure;

/// <summary>What the recorded rounds themselves say against believing a number.</summary>
public static class RunFindings
{
    public static IEnumerable<Finding> Of(IReadOnlyList<CaseResult> cases, IReadOnlyList<RoundRecord> rounds)
    {
        ArgumentNullException.ThrowIfNull(cases);
        ArgumentNullException.ThrowIfNull(rounds);
        return [];
    }
}
