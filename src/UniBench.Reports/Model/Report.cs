using UniBench.Measure;
using UniBench.Reports.Charts;
using UniBench.Reports.Languages;

namespace UniBench.Reports.Model;

/// <summary>What every writer renders: the tables, charts and sentences of one run.</summary>
internal sealed class Report
{
    public Report(ReportRun run, Language language)
    {
        Run = run;
        Language = language;
        Tables = MetricTable.Of(run.Results);
        ChartNames names = new();
        TableCharts = [.. Tables.Select(t => names.Unique(ChartSet.Of(t, language)))];
        Distributions = names.Unique(DistributionSet.Of(run.Results, language));
        Latencies = LatencyTable.Of(run.Results);
        CostCharts = names.Unique(CostChartSet.Of(run.Results, language));
    }

    public ReportRun Run { get; }

    public RunResults Results => Run.Results;

    public Language Language { get; }

    public IReadOnlyList<MetricTable> Tables { get; }

    /// <summary>The charts of each table, in the tables' order.</summary>
    public IReadOnlyList<IReadOnlyList<Chart>> TableCharts { get; }

    public IReadOnlyList<Chart> Distributions { get; }

    /// <summary>The distributions in numbers, over the whole sweep.</summary>
    public IReadOnlyList<LatencyTable> Latencies { get; }

    public IReadOnlyList<Chart> CostCharts { get; }

    public IEnumerable<Chart> Charts => [.. TableCharts.SelectMany(c => c), .. Distributions, .. CostCharts];
}
