using UniBench.Measure;
using UniBench.Reports.Charts;

namespace UniBench.Reports.Model;

/// <summary>One metric of one workload: what becomes a table and its charts.</summary>
internal sealed record MetricTable(string Workload, string Metric, UnitScale Scale, Better Better, IReadOnlyList<string> Backends, IReadOnlyList<MetricRow> Rows)
{
    public required BackendStyles Styles { get; init; }

    /// <summary>The backend that the others are compared with, whether or not the table has it.</summary>
    public required string Reference { get; init; }

    /// <summary>Of the metric, as the file has it.</summary>
    public required string Unit { get; init; }

    /// <summary>Of parameters that have one.</summary>
    public required IReadOnlyDictionary<string, string> Units { get; init; }

    public string Title => $"{Workload}: {Metric}";

    /// <summary>The parameters, in order.</summary>
    public IEnumerable<string> ParamNames => Rows.SelectMany(r => r.Params.Keys).Distinct();

    public IEnumerable<string> Placements => Rows.Select(r => r.Placement).Distinct();

    /// <summary>A parameter's value in a row, with its unit.</summary>
    public string Shown(MetricRow row, string parameter) => row.Params.TryGetValue(parameter, out string? value) ? ParameterValue.Shown(value, Units.GetValueOrDefault(parameter, "")) : "-";

    /// <summary>A name for files and anchors.</summary>
    public string Slug => Slugs.Of($"{Workload}-{Metric}");

    public static IReadOnlyList<MetricTable> Of(RunResults results) =>
        [.. results.Cases.GroupBy(c => (c.Scenario, c.Name, c.Metric)).Select(g => One([.. g], results))];

    private static bool SeveralScenarios(RunResults results) => results.Cases.DistinctBy(c => c.Scenario).Skip(1).Any();

    private static MetricTable One(CaseMetric[] cases, RunResults results) => new(
        SeveralScenarios(results) ? $"{cases[0].Scenario} {cases[0].Name}" : cases[0].Name,
        cases[0].Metric,
        UnitScale.For(cases[0].Unit, cases.Where(c => c.Summary is not null).Select(c => c.Summary!.Median)),
        cases[0].Better,
        [.. results.Environment.InOrder(cases.Select(c => c.Backend))],
        [.. cases
            .GroupBy(c => (Params: string.Join(',', c.Params.Select(p => $"{p.Key}={p.Value}")), c.Placement))
            .Select(g => new MetricRow(g.First().Params, g.Key.Placement, g.ToDictionary(c => c.Backend)))])
    {
        Styles = BackendStyles.Of(results),
        Reference = results.Environment.Reference(),
        Unit = cases[0].Unit,
        Units = results.Scenario.Units,
    };
}
