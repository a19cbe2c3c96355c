using UniBench.Measure;
using UniBench.Measure.Statistics;

namespace UniBench.Reports.Model;

/// <summary>One histogram name of one workload: the quantiles of each case that has it, backends of a point and placement one below the other.</summary>
internal sealed record LatencyTable(string Workload, string Name, string Unit, IReadOnlyList<string> Backends, IReadOnlyList<LatencyRow> Rows)
{
    /// <summary>Of parameters that have one.</summary>
    public required IReadOnlyDictionary<string, string> Units { get; init; }

    public IEnumerable<string> ParamNames => Rows.SelectMany(r => r.Case.Params.Keys).Distinct();

    /// <summary>What the table is printed in; the file keeps the program's own.</summary>
    public UnitScale Scale => UnitScale.For(Unit, Rows.SelectMany(r => r.Summary.Quantiles).Select(q => q.Value));

    /// <summary>A parameter's value in a row, with its unit.</summary>
    public string Shown(LatencyRow row, string parameter) => row.Case.Params.TryGetValue(parameter, out string? value) ? ParameterValue.Shown(value, Units.GetValueOrDefault(parameter, "")) : "-";

    public string Slug => Slugs.Of($"latency-{Workload}-{Name}");

    public static IReadOnlyList<LatencyTable> Of(RunResults results)
    {
        ILookup<string, RoundRecord> rounds = results.Rounds.Where(r => !r.Warmup && r.Status == CaseStatus.Ok).ToLookup(r => r.CaseId);
        bool withScenario = results.Cases.DistinctBy(c => c.Scenario).Skip(1).Any();
        List<LatencyTable> tables = [];
        foreach (var workload in results.Cases.DistinctBy(c => c.Id).GroupBy(c => (c.Scenario, c.Name)))
        {
            string title = withScenario ? $"{workload.Key.Scenario} {workload.Key.Name}" : workload.Key.Name;
            string[] backends = [.. results.Environment.InOrder(workload.Select(c => c.Backend))];
            CaseMetric[] cases = [.. workload
                .GroupBy(c => (MetricRow.PointOf(c.Params), c.Placement))
                .SelectMany(g => g.OrderBy(c => Array.IndexOf(backends, c.Backend)))];
            string[] names = [.. cases.SelectMany(c => rounds[c.Id]).SelectMany(r => r.Histograms.Keys).Distinct().Order(StringComparer.Ordinal)];
            foreach (string name in names)
            {
                LatencyRow[] rows = [.. cases
                    .Select(c => (Case: c, Summary: LatencyQuantiles.Of(rounds[c.Id].Select(r => r.Histograms.GetValueOrDefault(name)).OfType<Histogram>(), results.Verdicts.Confidence())))
                    .Where(r => r.Summary is not null)
                    .Select(r => new LatencyRow(r.Case, r.Summary!))];
                if (rows.Length > 0)
                {
                    string unit = cases.SelectMany(c => rounds[c.Id]).Select(r => r.Histograms.GetValueOrDefault(name)).OfType<Histogram>().First().Unit;
                    tables.Add(new LatencyTable(title, name, unit, [.. backends.Where(b => rows.Any(r => r.Case.Backend == b))], rows) { Units = results.Scenario.Units });
                }
            }
        }

        return tables;
    }
}
