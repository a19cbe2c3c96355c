using UniBench.Reports.Charts;
using UniBench.Reports.Languages;

namespace UniBench.Reports.Model;

/// <summary>What every writer renders of several runs: a column for each.</summary>
internal sealed class CombinedReport
{
    public CombinedReport(IReadOnlyList<ReportRun> runs, Language language)
    {
        Runs = runs;
        Language = language;
        Tables = CombinedTable.Of(runs);
        ChartNames names = new();
        TableCharts = [.. Tables.Select(t => names.Unique(CombinedChartSet.Of(runs, t, language)))];
    }

    public IReadOnlyList<ReportRun> Runs { get; }

    public Language Language { get; }

    /// <summary>The runs' title, or all of them where they differ.</summary>
    public string Title => string.Join(" / ", Runs.Select(r => r.Results.Title).Distinct());

    public IReadOnlyList<CombinedTable> Tables { get; }

    /// <summary>The charts of each table, in the tables' order.</summary>
    public IReadOnlyList<IReadOnlyList<Chart>> TableCharts { get; }

    public IEnumerable<Chart> Charts => TableCharts.SelectMany(c => c);
}
