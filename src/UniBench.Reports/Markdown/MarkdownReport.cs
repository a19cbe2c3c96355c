using System.Globalization;
using System.Text;
using UniBench.Measure;
using UniBench.Reports.Charts;
using UniBench.Reports.Model;

namespace UniBench.Reports.Markdown;

/// <summary>report.md: the same results give the same bytes; nothing but GitHub's Markdown, no raw HTML.</summary>
internal static class MarkdownReport
{
    public static string Render(RunResults results, IReadOnlyList<MetricTable> tables, IReadOnlyList<Chart> distributions)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"# {MarkdownText.Escape(results.Title)}\n\n");
        Opening(text, results);
        foreach (MetricTable table in tables)
        {
            MetricSection.Append(text, results, table);
        }

        Charts(text, "Distributions", distributions);
        Cost(text, results);
        Findings(text, results);
        NotRun(text, results);
        Closing.Append(text, results);
        return text.ToString();
    }

    public static void Charts(StringBuilder text, string? heading, IReadOnlyList<Chart> charts)
    {
        if (charts.Count > 0 && heading is not null)
        {
            text.Append(CultureInfo.InvariantCulture, $"## {heading}\n\n");
        }

        foreach (Chart chart in charts)
        {
            text.Append(CultureInfo.InvariantCulture, $"![{MarkdownText.Escape(chart.Caption)}]({ChartSet.Folder}/{chart.File})\n\n");
        }
    }

    private static void Opening(StringBuilder text, RunResults results)
    {
        if (results.Description.Length > 0)
        {
            text.Append(CultureInfo.InvariantCulture, $"{MarkdownText.Escape(results.Description)}\n\n");
        }

        if (results.Interrupted)
        {
            text.Append("**This run was interrupted: what follows are partial results.**\n\n");
        }

        if (results.Questions.Count > 0)
        {
            text.Append("## Questions\n\n");
            Bullets(text, results.Questions);
        }

        string[] answers = [.. Answers.Of(results)];
        if (answers.Length > 0)
        {
            text.Append("## Answers\n\n");
            Bullets(text, answers);
        }
    }

    /// <summary>Wall and CPU time and memory of whole launches, from outside the programs.</summary>
    private static void Cost(StringBuilder text, RunResults results)
    {
        CaseResult[] cases = [.. results.Cases.Where(c => c.WallS is not null).DistinctBy(c => c.Id)];
        if (cases.Length == 0)
        {
            return;
        }

        text.Append("## Cost of a launch\n\nMedians over rounds of one whole launch, start-up included; memory is the largest peak.\n\n");
        var table = new MarkdownTable(["case", ">wall s", ">CPU s", ">CPUs busy", ">peak memory", "memory counted as"]);
        foreach (CaseResult one in cases)
        {
            string method = results.Rounds.FirstOrDefault(r => r.CaseId == one.Id && r.MemoryMethod.Length > 0)?.MemoryMethod ?? "unknown";
            table.Row([
                one.Id, Figure.Of(one.WallS!.Value), Figure.Of(one.CpuS!.Value),
                one.WallS > 0 ? Figure.Of(one.CpuS.Value / one.WallS.Value) : "?",
                one.MaxRssBytes > 0 ? Figure.Bytes(one.MaxRssBytes.Value) : "?", method]);
        }

        text.Append(CultureInfo.InvariantCulture, $"{table}\n");
    }

    private static void Findings(StringBuilder text, RunResults results)
    {
        text.Append("## Findings\n\n");
        if (results.Findings.Count == 0)
        {
            text.Append("None.\n\n");
            return;
        }

        foreach (Finding finding in results.Findings.OrderByDescending(f => f.Severity))
        {
            string severity = finding.Severity.ToString().ToLowerInvariant();
            text.Append(CultureInfo.InvariantCulture, $"- **{severity}: {MarkdownText.Escape(finding.Code)}.** {MarkdownText.Escape(finding.Message)}. *{MarkdownText.Escape(finding.Advice)}.*\n");
        }

        text.Append('\n');
    }

    private static void NotRun(StringBuilder text, RunResults results)
    {
        CaseResult[] cases = [.. results.Cases.Where(c => c.Status != CaseStatus.Ok)];
        if (cases.Length == 0)
        {
            return;
        }

        text.Append("## Cases without a full result\n\n");
        var table = new MarkdownTable(["case", "metric", "status", "reason"]);
        foreach (CaseResult one in cases)
        {
            table.Row([one.Id, one.Metric, one.Status, one.Reason ?? "unknown"]);
        }

        text.Append(CultureInfo.InvariantCulture, $"{table}\n");
    }

    private static void Bullets(StringBuilder text, IEnumerable<string> lines)
    {
        foreach (string line in lines)
        {
            text.Append(CultureInfo.InvariantCulture, $"- {MarkdownText.Escape(line)}\n");
        }

        text.Append('\n');
    }
}
