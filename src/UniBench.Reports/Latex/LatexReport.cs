using System.Globalization;
using UniBench.Measure;
using UniBench.Reports.Charts;
using UniBench.Reports.Languages;
using UniBench.Reports.Model;

namespace UniBench.Reports.Latex;

/// <summary>
/// tex/: report.tex with everything in its order, and the pieces it is made of, for chapters that want some of them: macros.tex, methods.tex,
/// caveats.tex, findings.tex, quantiles.tex, spread.tex, table-*.tex, figure-*.tex with *.dat, preamble.tex.
/// </summary>
internal static class LatexReport
{
    public const string Folder = "tex";
    public const string FileName = $"{Folder}/report.tex";

    public static IReadOnlyList<ReportFile> Render(Report report)
    {
        LatexPieces pieces = new();
        Language language = report.Language;
        RunResults results = report.Results;
        pieces.Add("macros", Macros.Render([report.Run], language));
        pieces.Section(results.Title);
        if (results.Interrupted)
        {
            pieces.Text($"\\textbf{{{LatexText.Escape(language.Interrupted)}}}\n");
        }

        pieces.Add("answers", LatexPieces.Items(Answers.Of(report).Select(LatexText.Caption)));
        if (results.Findings.Count > 0)
        {
            pieces.Add("first-findings", LatexPieces.Items(FirstFindings.Of(results).Select(Line)));
        }

        foreach ((MetricTable table, IReadOnlyList<Chart> charts) in report.Tables.Zip(report.TableCharts))
        {
            pieces.Subsection(table.Title);
            string caption = $"{LatexText.Escape(table.Title)}. {LatexText.Caption(language.MediansIn(table.Scale.Unit, table.Better))}";
            pieces.Table(table.Slug, MetricLayout.Long(results, table, language), caption);
            pieces.Figures(charts);
        }

        if (DifferenceTable.Of(results, report.Tables, language) is { } differences)
        {
            pieces.Subsection(language.DifferencesFromProcess);
            pieces.Table("differences", differences, LatexText.Caption(Sentences.Differences(results, language)));
        }

        if (report.Distributions.Count > 0)
        {
            pieces.Subsection(language.Distributions);
            pieces.Figures(report.Distributions);
            pieces.Add("quantiles", $"{LatexText.Rich(Sentences.Quantiles(results, language))}\n\n");
            foreach (LatencyTable table in report.Latencies)
            {
                pieces.Table(table.Slug, LatencyLayout.Tall(table, language), LatexText.Caption(LatencyLayout.Title(table, language)));
            }
        }

        if (ClosingTables.Cost(results, language, withMethod: false) is { } cost)
        {
            pieces.Subsection(language.CostOfALaunch);
            pieces.Figures(report.CostCharts);
            pieces.Table("cost", cost, LatexText.Escape($"{language.CostExplained} {language.MemoryMethod}: {ClosingTables.MemoryMethods(results)}."));
        }

        pieces.Subsection(language.Findings);
        pieces.Add("findings", Findings(results, language));
        if (ClosingTables.WithoutResult(results, language) is { } missing)
        {
            pieces.Table("missing", missing, LatexText.Escape(language.WithoutResult));
        }

        if (BackendTable.Of(results, language) is { } backends)
        {
            pieces.Table("backends", backends, LatexText.Escape(language.Backends));
        }

        pieces.Subsection(language.NotComparable);
        pieces.Add("caveats", LatexPieces.Items(Sentences.Caveats(results, language).Select(LatexText.Rich)));
        pieces.Subsection(language.Method);
        pieces.Add("methods", Methods(results, language));
        pieces.Subsection(language.EveryCase);
        pieces.Add("spread", $"{LatexText.Rich(language.SpreadExplained)}\n\n");
        pieces.Table("cases", CaseTable.Of(results, language, onPaper: true), LatexText.Escape(language.EveryCase));
        pieces.Table("environment", ClosingTables.Environment(results, language), LatexText.Escape(language.Environment));
        pieces.Table("hashes", ClosingTables.Hashes(results, language), "SHA-256");
        return pieces.Files();
    }

    public static string Methods(RunResults results, Language language) =>
        $"{LatexText.Rich(Sentences.Environment(results.Environment, language))}\n\n{LatexText.Rich(Sentences.Method(results, language))}\n";

    public static string Findings(RunResults results, Language language) => results.Findings.Count == 0
        ? $"{LatexText.Escape(language.None)}\n"
        : LatexPieces.Items(results.Findings.OrderByDescending(f => f.Severity).Select(f => string.Create(
            CultureInfo.InvariantCulture,
            $"{Line(f)} \\emph{{{LatexText.Escape(f.Advice)}.}}")));

    private static string Line(Finding f) => $"\\textbf{{{f.Severity.ToString().ToLowerInvariant()}: {LatexText.Escape(f.Code)}.}} {LatexText.Breakable(f.Message)}.";
}
