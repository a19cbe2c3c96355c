using UniBench.Measure;
using UniBench.Reports.Languages;
using UniBench.Reports.Model;

namespace UniBench.Reports.Charts;

/// <summary>Charts of several runs: over a sweep one for each backend, in which the run decides colour and marker; else bars.</summary>
internal static class CombinedChartSet
{
    public static IReadOnlyList<Chart> Of(IReadOnlyList<ReportRun> runs, CombinedTable table, Language language)
    {
        if (!table.Rows.SelectMany(r => r.Cases).Any(c => c?.Summary is not null))
        {
            return [];
        }

        string unit = $"{table.Metric}, {table.Scale.Unit}, {language.Direction(table.Better)}";
        return Sweep.Of(table.ParamNames, [.. table.Rows.Select(r => r.Params)]) is { } swept
            ? [.. Lines(runs, table, swept, unit, language)]
            : [Bars(runs, table, unit, language)];
    }

    private static IEnumerable<Chart> Lines(IReadOnlyList<ReportRun> runs, CombinedTable table, string swept, string unit, Language language)
    {
        foreach (var group in table.Rows.GroupBy(r => (r.Backend, Others: MetricRow.PointOf(r.Params.Where(p => p.Key != swept)))))
        {
            ChartSeries[] series = [.. runs
                .SelectMany((run, i) => group.Select(r => r.Placement).Distinct().Select(placement => new ChartSeries(
                    $"{run.Label}, {placement}",
                    SeriesStyle.OfRun(i, placement),
                    [.. group.Where(r => r.Placement == placement && r.Cases[i]?.Summary is not null)
                        .Select(r => Point(table, r, r.Cases[i]!.Summary!, swept))
                        .OrderBy(p => p.X)])))
                .Where(s => s.Points.Count > 0)];
            if (series.Length > 0)
            {
                string where = group.Key.Others.Length == 0 ? group.Key.Backend : $"{group.Key.Backend}, {group.Key.Others}";
                string title = $"{table.Title} ({where})";
                yield return new SweepChart(
                    $"{table.Slug}-{Slugs.Of(where)}", title, $"{language.Over(title, swept)}: {language.MedianAndInterval}", swept, unit, series, language);
            }
        }
    }

    private static BarChart Bars(IReadOnlyList<ReportRun> runs, CombinedTable table, string unit, Language language)
    {
        BarGroup[] groups = [.. table.Rows
            .Select(r => new BarGroup(
                string.Join(", ", new[] { MetricRow.PointOf(r.Params, table.Units), r.Backend, r.Placement }.Where(t => t.Length > 0)),
                [.. runs.Select((run, i) => (run.Label, Style: SeriesStyle.OfRun(i, "same"), r.Cases[i]?.Summary))
                    .Where(x => x.Summary is not null)
                    .Select(x => BarOf(x.Label, x.Style, x.Summary!, table.Scale.Factor))]))
            .Where(g => g.Bars.Count > 0)];
        return new BarChart(table.Slug, table.Title, $"{table.Title}: {language.MedianAndInterval}", unit, groups, language);
    }

    private static Bar BarOf(string label, SeriesStyle style, Summary s, double factor) =>
        new(label, style, s.Median * factor, s.Low * factor, s.High * factor);

    private static ChartPoint Point(CombinedTable table, CombinedRow row, Summary s, string swept) =>
        new(ParameterValue.Of(row.Params[swept])!.Value, table.Shown(row, swept), s.Median * table.Scale.Factor, s.Low * table.Scale.Factor, s.High * table.Scale.Factor);
}
