using UniBench.Measure;

namespace UniBench.Reports.Model;

/// <summary>One metric of one workload in several runs: a row for each case, a column for each run.</summary>
internal sealed record CombinedTable(string Scenario, string Workload, string Metric, UnitScale Scale, Better Better, IReadOnlyList<CombinedRow> Rows)
{
    /// <summary>Of parameters that have one, as the first run has them.</summary>
    public required IReadOnlyDictionary<string, string> Units { get; init; }

    public string Title => $"{Workload}: {Metric}";

    public string Slug => Slugs.Of($"{Scenario}-{Workload}-{Metric}");

    public IEnumerable<string> ParamNames => Rows.SelectMany(r => r.Params.Keys).Distinct();

    /// <summary>A parameter's value in a row, with its unit.</summary>
    public string Shown(CombinedRow row, string parameter) => row.Params.TryGetValue(parameter, out string? value) ? ParameterValue.Shown(value, Units.GetValueOrDefault(parameter, "")) : "-";

    public IEnumerable<string> Backends => Rows.Select(r => r.Backend).Distinct();

    /// <summary>In the order of the first run that has them. A metric whose unit or direction changed is two metrics.</summary>
    public static IReadOnlyList<CombinedTable> Of(IReadOnlyList<ReportRun> runs) => [.. runs
        .SelectMany((run, i) => run.Results.Cases.Select(c => (Run: i, Case: c)))
        .GroupBy(x => (x.Case.Scenario, x.Case.Name, x.Case.Metric, x.Case.Unit, x.Case.Better))
        .Select(g => new CombinedTable(
            g.Key.Scenario, g.Key.Name, g.Key.Metric,
            UnitScale.For(g.Key.Unit, g.Where(x => x.Case.Summary is not null).Select(x => x.Case.Summary!.Median)),
            g.Key.Better,
            [.. RowsOf(g, runs)]) { Units = runs[0].Results.Scenario.Units })];

    private static IEnumerable<CombinedRow> RowsOf(IEnumerable<(int Run, CaseMetric Case)> cases, IReadOnlyList<ReportRun> runs)
    {
        // The points of the sweep stay together, whatever the order in which a run lists its backends.
        foreach (var point in cases.GroupBy(x => (MetricRow.PointOf(x.Case.Params), x.Case.Placement)))
        {
            foreach (var backend in point.GroupBy(x => x.Case.Backend).OrderBy(b => runs.Min(r => r.Results.Environment.TraitsOf(b.Key).Order)))
            {
                CaseMetric?[] own = new CaseMetric?[runs.Count];
                foreach ((int run, CaseMetric one) in backend)
                {
                    own[run] = one;
                }

                yield return new CombinedRow(backend.First().Case.Params, point.Key.Placement, backend.Key, own);
            }
        }
    }
}
