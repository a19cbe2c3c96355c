using UniBench.Reports.Charts;
using UniBench.Reports.Languages;
using UniBench.Reports.Model;

namespace UniBench.Reports.Markdown;

/// <summary>report.md of several runs: first what they are and what is not comparable, then the numbers side by side.</summary>
internal static class CombinedMarkdown
{
    public static string Render(CombinedReport report)
    {
        MarkdownBuilder text = new();
        Language language = report.Language;
        text.Heading(1, report.Title);
        text.Heading(2, language.Runs);
        text.Table(RunDifferences.Table(report.Runs, language), language);
        text.Heading(2, language.NotComparable);
        text.Bullets(RunDifferences.Caveats(report.Runs, language).Select(MarkdownText.Rich));
        foreach ((CombinedTable table, IReadOnlyList<Chart> charts) in report.Tables.Zip(report.TableCharts))
        {
            text.Heading(2, table.Title);
            text.Paragraph(language.MediansIn(Language.Literal(table.Scale.Unit), table.Better));
            text.Table(CombinedLayout.Table(report.Runs, table, language), language);
            text.Charts(charts);
        }

        foreach (ReportRun run in report.Runs)
        {
            text.Heading(2, $"{language.Findings}: {run.Label}");
            MarkdownReport.Findings(text, run.Results, language);
            text.Paragraph(Sentences.Method(run.Results, language));
            text.Raw($"{language.RawRecords} [{MarkdownText.Escape(run.Link)}]({MarkdownText.Link(run.Link)}).");
        }

        return text.ToString();
    }
}
