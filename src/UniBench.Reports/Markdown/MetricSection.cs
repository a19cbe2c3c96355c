using System.Globalization;
using System.Text;
using UniBench.Measure;
using UniBench.Reports.Charts;
using UniBench.Reports.Model;

namespace UniBench.Reports.Markdown;

/// <summary>One metric: the backends side by side, their ratios to the process, their CPU seconds, the charts.</summary>
internal static class MetricSection
{
    public static void Append(StringBuilder text, RunResults results, MetricTable table)
    {
        string direction = table.Better == Better.Lower ? "lower" : "higher";
        text.Append(CultureInfo.InvariantCulture, $"## {MarkdownText.Escape(table.Title)}\n\n");
        text.Append(CultureInfo.InvariantCulture, $"Medians over rounds in {MarkdownText.Escape(table.Scale.Unit)} with their interval; {direction} is better.\n\n");
        text.Append(CultureInfo.InvariantCulture, $"{Table(results, table)}\n");
        MarkdownReport.Charts(text, heading: null, ChartSet.Of(table));
    }

    private static MarkdownTable Table(RunResults results, MetricTable table)
    {
        string[] parameters = [.. table.ParamNames];
        string[] compared = table.Backends.Contains(RatioToReference.ReferenceBackend)
            ? [.. table.Backends.Where(b => b != RatioToReference.ReferenceBackend)]
            : [];
        bool withBest = table.Placements.Skip(1).Any();
        List<string> header = [.. parameters, "placement", .. table.Backends.Select(b => $">{b}, {table.Scale.Unit}")];
        header.AddRange(compared.Select(b => $"{b} vs process"));
        if (withBest)
        {
            header.AddRange(compared.Select(b => $"{b} vs best process"));
        }

        header.AddRange(table.Backends.Select(b => $">{b}, CPU s"));
        var text = new MarkdownTable(header);
        foreach (MetricRow row in table.Rows)
        {
            List<string> cells = [.. parameters.Select(p => row.Params.GetValueOrDefault(p, "-")), row.Placement];
            cells.AddRange(table.Backends.Select(b => Value(row.Cases.GetValueOrDefault(b), table.Scale)));
            cells.AddRange(compared.Select(b => Ratio(results, row.Cases.GetValueOrDefault(b), RatioToReference.SamePlacement, withPlacement: false)));
            if (withBest)
            {
                cells.AddRange(compared.Select(b => Ratio(results, row.Cases.GetValueOrDefault(b), RatioToReference.BestPlacement, withPlacement: true)));
            }

            cells.AddRange(table.Backends.Select(b => row.Cases.GetValueOrDefault(b)?.CpuS is { } s ? Figure.Of(s) : "-"));
            text.Row(cells);
        }

        return text;
    }

    private static string Value(CaseResult? one, UnitScale scale)
    {
        if (one?.Summary is not { } s)
        {
            return one?.Status ?? "-";
        }

        string text = $"{Figure.Of(s.Median * scale.Factor)} [{Figure.Of(s.Low * scale.Factor)}, {Figure.Of(s.High * scale.Factor)}]";
        return one.Status == CaseStatus.Ok ? text : $"{text} ({one.Status})";
    }

    private static string Ratio(RunResults results, CaseResult? one, Func<RunResults, CaseResult, CaseResult?> find, bool withPlacement)
    {
        if (one?.Summary is null || find(results, one) is not { Summary: not null } reference)
        {
            return "-";
        }

        string text = RatioText.Of(RatioToReference.Of(results, one, reference), one);
        return withPlacement ? $"{text}, {reference.Placement}" : text;
    }
}
