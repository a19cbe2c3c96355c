using System.Globalization;
using System.Text;
using UniBench.Measure;
using UniBench.Reports.Languages;
using UniBench.Reports.Model;

namespace UniBench.Reports;

/// <summary>The short form for a terminal: a few aligned lines for each metric, then what to beware of.</summary>
public static class SummaryText
{
    public static string Render(RunResults results)
    {
        ArgumentNullException.ThrowIfNull(results);
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{results.Title}{(results.Interrupted ? " (interrupted: partial results)" : "")}\n");
        foreach (MetricTable table in MetricTable.Of(results))
        {
            text.Append(CultureInfo.InvariantCulture, $"\n{table.Title} [{table.Scale.Unit}, {(table.Better == Better.Lower ? "lower" : "higher")} is better]\n");
            AlignedText.Append(text, [.. table.Rows.SelectMany(row => table.Backends
                .Where(row.Cases.ContainsKey)
                .Select(b => Line(results, table, row, row.Cases[b])))], rightAligned: [3, 5]);
        }

        if (results.Findings.Count > 0)
        {
            text.Append('\n');
        }

        foreach (Finding finding in results.Findings.OrderByDescending(f => f.Severity))
        {
            text.Append(CultureInfo.InvariantCulture, $"{finding.Severity.ToString().ToLowerInvariant()}: {finding.Code}: {finding.Message}\n");
        }

        return text.ToString();
    }

    private static string[] Line(RunResults results, MetricTable table, MetricRow row, CaseMetric one)
    {
        string value = one.Summary is null ? one.Status : Figure.Of(one.Summary.Median * table.Scale.Factor);
        string interval = one.Summary is { } s ? Language.English.Interval(s.Low * table.Scale.Factor, s.High * table.Scale.Factor) : "";
        string cpu = one is { CpuS: > 0 and { } c, WallS: > 0 and { } w } ? $"{Figure.Of(c / w)} CPUs" : "";
        string ratio = one.Backend == results.Environment.Reference() || one.Summary is null
            ? ""
            : RatioToReference.SamePlacement(results, one) is { Summary: not null } reference
                ? RatioText.Full(RatioToReference.Judge(results, one, reference), one, Language.English)
                : "";
        return [row.PointOf(table), row.Placement, one.Backend, value, interval, cpu, ratio];
    }
}
