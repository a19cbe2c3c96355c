using System.Globalization;
using UniBench.Measure;
using UniBench.Measure.Statistics;
using UniBench.Reports.Languages;

namespace UniBench.Reports.Model;

/// <summary>A latency table laid out for a screen, a case in each row, or for a page, quantiles below and backends beside each other.</summary>
internal static class LatencyLayout
{
    /// <summary>Stands behind a quantile of all rounds' operations together.</summary>
    public const char PooledMark = '*';

    public static string Title(LatencyTable table, Language language) => language.QuantilesOf(table.Workload, table.Name, table.Scale.Unit);

    public static TextTable Wide(LatencyTable table, Language language)
    {
        string[] parameters = [.. table.ParamNames];
        var lines = Lines(table, language).ToArray();
        TextTable text = new([.. parameters, language.Placement, language.Backend, .. lines.Select(l => $">{l.Title}")]);
        foreach (LatencyRow row in table.Rows)
        {
            text.Row(
            [
                .. parameters.Select(p => table.Shown(row, p)), row.Case.Placement, row.Case.Backend,
                .. lines.Select(l => l.Cell(row.Summary)),
            ]);
        }

        return text;
    }

    /// <summary>Point and placement stand only in the first row of their group, as in <see cref="MetricLayout.Long"/>.</summary>
    public static TextTable Tall(LatencyTable table, Language language)
    {
        string[] parameters = [.. table.ParamNames];
        string[] backends = [.. table.Backends];
        TextTable text = new([.. parameters, language.Placement, "", .. backends.Select(b => $">{b}")]);
        foreach (var group in table.Rows.GroupBy(r => (MetricRow.PointOf(r.Case.Params), r.Case.Placement)))
        {
            LatencyRow first = group.First();
            string[] point = [.. parameters.Select(p => table.Shown(first, p)), first.Case.Placement];
            bool isFirst = true;
            foreach ((string title, Func<LatencySummary, string> cell) in Lines(table, language))
            {
                string[] cells = [.. backends.Select(b => group.FirstOrDefault(r => r.Case.Backend == b) is { } row ? cell(row.Summary) : "-")];
                if (cells.Any(c => c != "-"))
                {
                    text.Row([.. isFirst ? point : point.Select(_ => ""), title, .. cells]);
                    isFirst = false;
                }
            }
        }

        return text;
    }

    /// <summary>What is said of each case, in order.</summary>
    private static IEnumerable<(string Title, Func<LatencySummary, string> Cell)> Lines(LatencyTable table, Language language)
    {
        double factor = table.Scale.Factor;
        return
        [
            (language.Operations, s => s.Operations.ToString(CultureInfo.InvariantCulture)),
            .. LatencyQuantiles.Shown.Select(q => (q.Name, (Func<LatencySummary, string>)(s => Quantile(s.Of(q.Name), factor, language)))),
            ("max", s => language.Number(s.Max * factor)),
        ];
    }

    private static string Quantile(LatencyQuantile? quantile, double factor, Language language) => quantile is null
        ? "-"
        : $"{language.Number(quantile.Value * factor)} {language.Interval(quantile.Interval.Low * factor, quantile.Interval.High * factor)}{(quantile.IsPooled ? PooledMark : "")}";
}
