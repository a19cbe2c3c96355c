namespace UniBench.Measure;

/// <summary>Every finding that speaks of a case, at that case: findings themselves name only a few cases.</summary>
public static class CaseFlags
{
    public static IEnumerable<CaseFlag> Of(CaseMetric one, RunResults results)
    {
        ArgumentNullException.ThrowIfNull(one);
        ArgumentNullException.ThrowIfNull(results);
        return
        [
            .. one.Status == CaseStatus.Ok ? Array.Empty<CaseFlag>() : [new CaseFlag(one.Status, "", one.Reason ?? "")],
            .. one.Summary is null ? [] : SpreadCheck.All(results.Verdicts.Confidence()).Select(c => c.Flag(one)).OfType<CaseFlag>(),
            .. CostFindings.MoreCpu(one, results.Cases, results.Environment.Reference()) is { } busy ? [busy] : Array.Empty<CaseFlag>(),
            .. results.Rounds.Where(r => r.CaseId == one.Id).SelectMany(r => r.Notes).Distinct().Select(n => new CaseFlag("note", "", n)),
        ];
    }
}
