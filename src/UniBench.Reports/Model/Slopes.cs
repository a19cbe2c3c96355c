using UniBench.Measure;
using UniBench.Measure.Statistics;
using UniBench.Reports.Languages;

namespace UniBench.Reports.Model;

/// <summary>What each further one of a parameter adds to a metric, where the scenario asks for it: a straight line through the points of each round, then the median of its slopes over the rounds.</summary>
internal static class Slopes
{
    private const int FewestPoints = 3;

    public static IEnumerable<string> Of(RunResults results, MetricTable table, Language language)
    {
        if (table.Better != Better.Lower || !table.Rows.Any() || Asked(results, table) is not { } asked)
        {
            yield break;
        }

        foreach (var line in table.Rows.GroupBy(r => (Others: MetricRow.PointOf(r.Params.Where(p => p.Key != asked.Parameter), table.Units), r.Placement)))
        {
            var backends = table.Backends.Select(b => (Backend: b, Slopes: OfRounds(results, [.. line.Select(r => r.Of(b)).OfType<CaseMetric>()], asked.Parameter))).ToArray();
            (string _, SortedDictionary<int, double> reference) = backends.FirstOrDefault(b => b.Backend == table.Reference);
            foreach ((string backend, SortedDictionary<int, double> slopes) in backends.Where(b => results.Environment.TraitsOf(b.Backend).IsEngine && b.Slopes.Count > 0))
            {
                string own = $"{Told(slopes)} {language.As(results.Environment.TraitsOf(backend))}";
                string other = reference is not { Count: > 0 } ? "" : language.SlopeCompared(Told(reference), language.As(results.Environment.TraitsOf(table.Reference)));
                yield return $"{language.SlopeOf(table.Title, line.Key.Others, asked.One, own, line.Key.Placement)}{other}{Ratio(slopes, reference)}.";
            }
        }

        string Told(SortedDictionary<int, double> slopes)
        {
            Summary s = Summaries.Of([.. slopes.Values], results.Verdicts.Confidence());
            UnitScale scale = UnitScale.For(table.Unit, [Math.Abs(s.Median)]);
            return $"{language.Number(s.Median * scale.Factor)} {language.Interval(s.Low * scale.Factor, s.High * scale.Factor)} {scale.Unit}";
        }

        string Ratio(SortedDictionary<int, double> slopes, SortedDictionary<int, double>? reference)
        {
            int[] both = [.. slopes.Keys.Where(r => reference?.ContainsKey(r) ?? false)];
            double[] values = [.. both.Select(r => slopes[r])], others = [.. both.Select(r => reference![r])];
            return both.Length == 0 || values.Concat(others).Any(v => v <= 0) ? ""
                : $": {RatioText.Full(Measure.Comparing.Verdict.Of(RatioEstimate.Paired(values, others, results.Verdicts.Confidence()), table.Better, results.Verdicts.Threshold), table.Rows[0].Cases.Values.First(), language)}";
        }
    }

    private static SlopeQuestion? Asked(RunResults results, MetricTable table) =>
        results.Scenario.Slopes.FirstOrDefault(s => s.Case == table.Rows[0].Cases.Values.First().Name && table.ParamNames.Contains(s.Parameter));

    /// <summary>By round; only rounds in which every point has a value.</summary>
    private static SortedDictionary<int, double> OfRounds(RunResults results, CaseMetric[] points, string parameter)
    {
        (double? X, Dictionary<int, double> Values)[] all = [.. points.Select(c => (ParameterValue.Of(c.Params.GetValueOrDefault(parameter, "")), RatioToReference.ByRound(results, c)))];
        SortedDictionary<int, double> slopes = [];
        if (all.Length < FewestPoints || all.Any(p => p.X is null))
        {
            return slopes;
        }

        foreach (int round in all[0].Values.Keys.Where(r => all.All(p => p.Values.ContainsKey(r))))
        {
            slopes[round] = LeastSquares.Slope([.. all.Select(p => p.X!.Value)], [.. all.Select(p => p.Values[round])]);
        }

        return slopes;
    }
}
