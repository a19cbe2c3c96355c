using UniBench.Reports.Charts;
using UniBench.Reports.Languages;
using UniBench.Reports.Model;

namespace UniBench.Reports.Latex;

/// <summary>tex/ of several runs: commands begin with the run's label, tables have a column for each of two runs, a row for each of more.</summary>
internal static class CombinedLatex
{
    /// <summary>A page takes no more columns of runs.</summary>
    private const int MostColumns = 2;

    public static IReadOnlyList<ReportFile> Render(CombinedReport report)
    {
        LatexPieces pieces = new();
        Language language = report.Language;
        pieces.Add("macros", Macros.Render(report.Runs, language));
        pieces.Section(report.Title);
        pieces.Table("runs", RunDifferences.Table(report.Runs, language), LatexText.Escape(language.Runs));
        pieces.Subsection(language.NotComparable);
        pieces.Add("caveats", LatexPieces.Items(RunDifferences.Caveats(report.Runs, language).Select(LatexText.Rich)));
        foreach ((CombinedTable table, IReadOnlyList<Chart> charts) in report.Tables.Zip(report.TableCharts))
        {
            pieces.Subsection(table.Title);
            string caption = $"{LatexText.Escape(table.Title)}. {LatexText.Caption(language.MediansIn(table.Scale.Unit, table.Better))}";
            pieces.Table(table.Slug, Layout(report.Runs, table, language), caption);
            pieces.Figures(charts);
        }

        for (int i = 0; i < report.Runs.Count; i++)
        {
            ReportRun run = report.Runs[i];
            string name = MacroNames.Of(run.Label)[2..].ToLowerInvariant();
            pieces.Subsection(run.Label);
            pieces.Add($"findings-{i + 1}{name}", LatexReport.Findings(run.Results, language));
            pieces.Add($"methods-{i + 1}{name}", LatexReport.Methods(run.Results, language));
        }

        return pieces.Files();
    }

    private static TextTable Layout(IReadOnlyList<ReportRun> runs, CombinedTable table, Language language) => runs.Count <= MostColumns
        ? CombinedLayout.Table(runs, table, language)
        : CombinedLayout.Long(runs, table, language);
}
