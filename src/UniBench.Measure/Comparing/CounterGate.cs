using System.Globalization;

namespace UniBench.Measure.Comparing;

/// <summary>
/// Judges counters. Between the launches of a round with the fewest and with the most operations lies what the operations alone count, whatever start and end of a program do; that is the same in every round, on
/// every machine and in an emulated one, so every round has to keep the bound.
/// </summary>
internal static class CounterGate
{
    /// <returns>A result for each case of a scenario on each backend and placement: its sweep gives the numbers of operations.</returns>
    public static IEnumerable<GateResult> Check(RunResults results, Gate gate) =>
        results.Cases.Where(c => gate.SpeaksOfCase(c.Id)).DistinctBy(c => c.Id)
            .GroupBy(c => (c.Scenario, c.Name, c.Backend, c.Placement))
            .Select(sweep => Check(results, gate, gate.Count!, [.. sweep]));

    private static GateResult Check(RunResults results, Gate gate, CounterBound bound, CaseMetric[] sweep)
    {
        GateResult Of(GateStatus status, string measured) => new(gate, sweep[^1] with { Metric = gate.Metric }, status, measured, null, false);
        if (sweep.FirstOrDefault(c => c.Status != CaseStatus.Ok) is { } bad)
        {
            return Of(bad.Status == CaseStatus.Failed ? GateStatus.Regression : GateStatus.Missing, $"{bad.Status}: {bad.Reason}");
        }

        HashSet<string> ids = [.. sweep.Select(c => c.Id)];
        double[] each = [.. results.Rounds.Where(r => ids.Contains(r.CaseId) && !r.Warmup).GroupBy(r => r.Round).Select(round => Each(bound, [.. round])).OfType<double>().Order()];
        if (each.Length == 0)
        {
            return Of(GateStatus.Missing, $"no round has launches with fewer and with more {bound.Per}: {sweep[0].Backend} does not count them, or the sweep does not change them");
        }

        int kept = each.Count(bound.Holds);
        return Of(
            kept == each.Length ? GateStatus.Ok : kept == 0 ? GateStatus.Regression : GateStatus.Inconclusive,
            each[0] == each[^1]
                ? string.Create(CultureInfo.InvariantCulture, $"{each[0]:0.####} in each of {each.Length} rounds")
                : string.Create(CultureInfo.InvariantCulture, $"{each[0]:0.####} to {each[^1]:0.####} in {each.Length} rounds"));
    }

    /// <returns>Null where the launches do not differ in their number of operations.</returns>
    private static double? Each(CounterBound bound, RoundRecord[] round)
    {
        RoundRecord few = round.MinBy(r => r.Counters.GetValueOrDefault(bound.Per))!, many = round.MaxBy(r => r.Counters.GetValueOrDefault(bound.Per))!;
        long more = many.Counters.GetValueOrDefault(bound.Per) - few.Counters.GetValueOrDefault(bound.Per);
        return more > 0 ? (many.Counters.GetValueOrDefault(bound.Counter) - few.Counters.GetValueOrDefault(bound.Counter)) / (double)more : null;
    }
}
