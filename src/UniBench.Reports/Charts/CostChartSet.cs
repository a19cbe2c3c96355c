using UniBench.Measure;
using UniBench.Measure.Statistics;
using UniBench.Reports.Languages;
using UniBench.Reports.Model;

namespace UniBench.Reports.Charts;

/// <summary>What a launch costs, over the parameter a workload sweeps: CPU seconds and memory, each with its interval.</summary>
internal static class CostChartSet
{
    public static IReadOnlyList<Chart> Of(RunResults results, Language language)
    {
        ILookup<string, RoundRecord> rounds = results.Rounds.Where(r => !r.Warmup && r.Status == CaseStatus.Ok).ToLookup(r => r.CaseId);

        // Cost is a case's, not a metric's: the first metric of each workload stands for its cases.
        return [.. MetricTable.Of(results)
            .DistinctBy(t => t.Workload)
            .Where(t => Sweep.Of(t) is not null)
            .SelectMany(t => OfWorkload(t, Sweep.Of(t)!, rounds, language))];
    }

    private static IEnumerable<Chart> OfWorkload(MetricTable table, string swept, ILookup<string, RoundRecord> rounds, Language language)
    {
        (string Slug, string Name, string Unit, Func<RoundRecord, double> Value)[] costs =
        [
            ("cpu", language.CpuTime, "s", r => r.CpuS()),
            ("memory", language.PeakMemory, "B", r => r.MaxRssBytes),
        ];
        foreach ((string slug, string name, string unit, Func<RoundRecord, double> value) in costs)
        {
            foreach (var group in table.Rows.GroupBy(r => MetricRow.PointOf(r.Params.Where(p => p.Key != swept), table.Units)))
            {
                (string Label, SeriesStyle Style, MetricRow Row, Summary Summary)[] points = [.. group
                    .SelectMany(r => table.Backends.Select(b => (Row: r, Backend: b)))
                    .Where(x => x.Row.Of(x.Backend) is not null)
                    .Select(x => (x.Row, x.Backend, Values: rounds[x.Row.Of(x.Backend)!.Id].Select(value).Where(v => v > 0).ToArray()))
                    .Where(x => x.Values.Length > 0)
                    .Select(x => ($"{x.Backend}, {x.Row.Placement}", table.Styles.Of(x.Backend, x.Row.Placement), x.Row, Summaries.Of(x.Values)))];
                if (points.Length == 0)
                {
                    continue;
                }

                UnitScale scale = UnitScale.For(unit, points.Select(p => p.Summary.Median));
                ChartSeries[] series = [.. points
                    .GroupBy(p => p.Label)
                    .Select(g => new ChartSeries(g.Key, g.First().Style, [.. g.Select(p => Point(table, p.Row, p.Summary, scale.Factor, swept)).OrderBy(p => p.X)]))];
                string where = group.Key.Length == 0 ? "" : $" ({group.Key})";
                string title = $"{table.Workload}: {name}{where}";
                yield return new SweepChart(
                    Slugs.Of($"cost-{slug}-{table.Workload}{(group.Key.Length == 0 ? "" : $"-{MetricRow.PointOf(group.First().Params.Where(p => p.Key != swept))}")}"),
                    title, $"{language.Over(title, swept)}: {language.MedianAndInterval}", swept, $"{name}, {scale.Unit}, {language.Direction(Better.Lower)}", series, language);
            }
        }
    }

    private static ChartPoint Point(MetricTable table, MetricRow row, Summary s, double factor, string swept) =>
        new(ParameterValue.Of(row.Params[swept])!.Value, table.Shown(row, swept), s.Median * factor, s.Low * factor, s.High * factor);
}
