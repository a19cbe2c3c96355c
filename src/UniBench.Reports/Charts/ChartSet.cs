using UniBench.Measure;
using UniBench.Reports.Languages;
using UniBench.Reports.Model;

namespace UniBench.Reports.Charts;

/// <summary>Chooses the charts of a table: lines over the parameter with the most numeric values, else bars.</summary>
internal static class ChartSet
{
    public const string Folder = "charts";

    public static IReadOnlyList<Chart> Of(MetricTable table, Language language)
    {
        if (!table.Rows.SelectMany(r => r.Cases.Values).Any(c => c.Summary is not null))
        {
            return [];
        }

        return Sweep.Of(table) is { } swept ? [.. Lines(table, swept, language)] : [Bars(table, language)];
    }

    private static IEnumerable<Chart> Lines(MetricTable table, string swept, Language language)
    {
        foreach (var group in table.Rows.GroupBy(r => MetricRow.PointOf(r.Params.Where(p => p.Key != swept), table.Units)))
        {
            ChartSeries[] series = [.. table.Backends
                .SelectMany(b => table.Placements.Where(p => !TwoModes.Is(table, p)).Select(p => Series(table, group, b, p, swept)))
                .Where(s => s.Points.Count > 0)];
            if (series.Length > 0)
            {
                string title = group.Key.Length == 0 ? table.Title : $"{table.Title} ({group.Key})";
                string slug = group.Key.Length == 0 ? table.Slug : $"{table.Slug}-{Slugs.Of(MetricRow.PointOf(group.First().Params.Where(p => p.Key != swept)))}";
                string caption = $"{language.Over(title, swept)}: {language.MedianAndInterval}{LeftOut(table, language)}";
                yield return new SweepChart(slug, title, caption, swept, Unit(table, language), series, language);
            }
        }
    }

    private static ChartSeries Series(MetricTable table, IEnumerable<MetricRow> rows, string backend, string placement, string swept) => new(
        $"{backend}, {placement}",
        table.Styles.Of(backend, placement),
        [.. rows
            .Where(r => r.Placement == placement && r.Cases.GetValueOrDefault(backend)?.Summary is not null)
            .Select(r => Point(table, r, r.Cases[backend].Summary!, swept))
            .OrderBy(p => p.X)]);

    private static ChartPoint Point(MetricTable table, MetricRow row, Summary summary, string swept) => new(
        ParameterValue.Of(row.Params[swept])!.Value, table.Shown(row, swept), summary.Median * table.Scale.Factor, summary.Low * table.Scale.Factor, summary.High * table.Scale.Factor);

    private static string LeftOut(MetricTable table, Language language) =>
        string.Concat(table.Placements.Where(p => TwoModes.Is(table, p)).Select(p => $"; {language.InTwoModes(p)}"));

    private static BarChart Bars(MetricTable table, Language language)
    {
        BarGroup[] groups = [.. table.Rows
            .Where(r => !TwoModes.Is(table, r.Placement))
            .GroupBy(r => r.PointOf(table))
            .Select(g => new BarGroup(
                g.Key.Length == 0 ? table.Workload : g.Key,
                [.. table.Backends.SelectMany(b => g.Select(r => (Backend: b, r.Placement, Case: r.Cases.GetValueOrDefault(b))))
                    .Where(x => x.Case?.Summary is not null)
                    .Select(x => BarOf(table, x.Backend, x.Placement, x.Case!.Summary!))]))
            .Where(g => g.Bars.Count > 0)];
        return new BarChart(table.Slug, table.Title, $"{table.Title}: {language.MedianAndInterval}{LeftOut(table, language)}", Unit(table, language), groups, language);
    }

    private static Bar BarOf(MetricTable table, string backend, string placement, Summary summary) => new(
        $"{backend}, {placement}", table.Styles.Of(backend, placement), summary.Median * table.Scale.Factor, summary.Low * table.Scale.Factor, summary.High * table.Scale.Factor);

    private static string Unit(MetricTable table, Language language) => $"{table.Metric}, {table.Scale.Unit}, {language.Direction(table.Better)}";
}
