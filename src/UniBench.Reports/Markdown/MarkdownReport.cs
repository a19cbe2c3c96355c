using System.Globalization;
using UniBench.Measure;
using UniBench.Reports.Charts;
using UniBench.Reports.Languages;
using UniBench.Reports.Model;

namespace UniBench.Reports.Markdown;

/// <summary>report.md: the same results give the same bytes; GitHub's Markdown; the only HTML folds long tables.</summary>
internal static class MarkdownReport
{
    public const string FileName = "report.md";

    public static string Render(Report report)
    {
        MarkdownBuilder text = new();
        RunResults results = report.Results;
        Language language = report.Language;
        text.Heading(1, results.Title);
        Opening(text, report);
        foreach ((MetricTable table, IReadOnlyList<Chart> charts) in report.Tables.Zip(report.TableCharts))
        {
            text.Heading(2, table.Title);
            text.Paragraph(language.MediansIn(Language.Literal(table.Scale.Unit), table.Better));
            text.Charts(charts);
            text.Table(MetricLayout.Wide(results, table, language), language);
        }

        if (DifferenceTable.Of(results, report.Tables, language) is { } differences)
        {
            text.Heading(2, language.DifferencesFromProcess);
            text.Paragraph(Sentences.Differences(results, language));
            text.Table(differences, language);
        }

        if (report.Distributions.Count > 0)
        {
            text.Heading(2, language.Distributions);
            text.Charts(report.Distributions);
            text.Paragraph(Sentences.Quantiles(results, language));
            foreach (LatencyTable table in report.Latencies)
            {
                text.Heading(3, LatencyLayout.Title(table, language));
                text.Table(LatencyLayout.Wide(table, language), language);
            }
        }

        if (ClosingTables.Cost(results, language, withMethod: true) is { } cost)
        {
            text.Heading(2, language.CostOfALaunch);
            text.Paragraph(language.CostExplained);
            text.Charts(report.CostCharts);
            text.Table(cost, language);
        }

        text.Heading(2, language.AllFindings);
        Findings(text, results, language);
        if (ClosingTables.WithoutResult(results, language) is { } missing)
        {
            text.Heading(2, language.WithoutResult);
            text.Table(missing, language);
        }

        Closing(text, report);
        return text.ToString();
    }

    private static void Opening(MarkdownBuilder text, Report report)
    {
        RunResults results = report.Results;
        if (results.Description.Length > 0)
        {
            text.Literal(results.Description);
        }

        if (results.Interrupted)
        {
            text.Strong(report.Language.Interrupted);
        }

        if (results.Questions.Count > 0)
        {
            text.Heading(2, report.Language.Questions);
            text.Bullets(results.Questions.Select(MarkdownText.Escape));
        }

        string[] answers = [.. Answers.Of(report)];
        if (answers.Length > 0)
        {
            text.Heading(2, report.Language.Answers);
            text.Bullets(answers.Select(MarkdownText.Escape));
        }

        if (results.Findings.Count > 0)
        {
            text.Heading(2, report.Language.Findings);
            text.Bullets(FirstFindings.Of(results).Select(Line));
            text.Paragraph(report.Language.FindingsAtTheEnd(results.Findings.Count));
        }
    }

    public static void Findings(MarkdownBuilder text, RunResults results, Language language)
    {
        if (results.Findings.Count == 0)
        {
            text.Paragraph(language.None);
            return;
        }

        text.Bullets(results.Findings.OrderByDescending(f => f.Severity).Select(f => $"{Line(f)} *{MarkdownText.Escape(f.Advice)}.*"));
    }

    private static string Line(Finding f) => $"**{f.Severity.ToString().ToLowerInvariant()}: {MarkdownText.Escape(f.Code)}.** {MarkdownText.Escape(f.Message)}.";

    private static void Closing(MarkdownBuilder text, Report report)
    {
        RunResults results = report.Results;
        Language language = report.Language;
        RunEnvironment e = results.Environment;
        if (BackendTable.Of(results, language) is { } backends)
        {
            text.Heading(2, language.Backends);
            text.Table(backends, language);
        }

        text.Heading(2, language.NotComparable);
        text.Bullets(Sentences.Caveats(results, language).Select(MarkdownText.Rich));
        text.Heading(2, language.Method);
        text.Paragraph(Sentences.Method(results, language));
        text.Heading(2, language.EveryCase);
        text.Paragraph(language.SpreadExplained);
        text.Table(CaseTable.Of(results, language, onPaper: false), language);
        text.Heading(2, language.Environment);
        text.Table(ClosingTables.Environment(results, language), language);
        text.Heading(2, language.Reproduce);
        text.Code(e.CommandLine);
        if (!e.CommandLine.Contains("--seed", StringComparison.Ordinal))
        {
            text.Paragraph(language.SeedAdvice(e.Seed));
        }

        text.Raw(string.Create(CultureInfo.InvariantCulture, $"{language.RawRecords} [results.json]({MarkdownText.Link(report.Run.Link)})."));
        text.Table(ClosingTables.Hashes(results, language), language);
    }
}
