using System.Globalization;
using UniBench.Measure;
using UniBench.Workbench.Scripting;

namespace UniBench.Workbench.Running;

/// <summary>A threshold that a scenario sets to the median of a metric, on some backends and in some placements.</summary>
/// <param name="Below">In the metric's own unit; null for no limit.</param>
/// <param name="Above">In the metric's own unit; null for no limit.</param>
/// <param name="Unit">What the scenario says the limits in.</param>
/// <param name="Backend">Null for every one.</param>
/// <param name="Placement">Null for every one.</param>
internal sealed record Requirement(MetricSpec Metric, double? Below, double? Above, UnitScale Unit, string? Backend, Placement? Placement)
{
    /// <summary>Of the finding that one does not hold.</summary>
    public const string Code = "requirement";

    /// <summary>Those that do not hold. A case without a median has failed or was not run, which is said elsewhere.</summary>
    public static IEnumerable<Finding> Findings(IReadOnlyList<LaunchableCase> plan, RunResults results) =>
        from run in plan
        from requirement in run.Declaration.Requirements
        where requirement.IsFor(run.Planned.Point)
        from one in results.Cases
        where one.Id == run.Planned.Point.Id && one.Metric == requirement.Metric.Name
        let unmet = one.Summary is { } summary ? requirement.Unmet(summary) : null
        where unmet is not null
        select new Finding(Severity.Error, Code, $"{one.Id} {one.Metric}: {unmet}", "the scenario requires it: the run has failed, whatever else it found");

    private bool IsFor(CasePoint point) =>
        (Backend is null || point.Backend == Backend) && (Placement is null || point.Placement.Equals(Placement.Value.ToString(), StringComparison.OrdinalIgnoreCase));

    private string? Unmet(Summary s)
    {
        if (!(s.Median >= Below) && !(s.Median <= Above))
        {
            return null;
        }

        string required = string.Join(" and ", new[] { Below is { } most ? $"below {Told(most)}" : null, Above is { } least ? $"above {Told(least)}" : null }.OfType<string>());
        bool open = (s.Low < Below && s.Median >= Below) || (s.High > Above && s.Median <= Above);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"median {Figure.Of(s.Median * Unit.Factor)} [{Figure.Of(s.Low * Unit.Factor)}, {Figure.Of(s.High * Unit.Factor)}] {Unit.Unit}, required {required} {Unit.Unit}{(open ? "; the interval reaches beyond the limit, so more rounds may tell otherwise" : "")}");
    }

    private string Told(double value) => (value * Unit.Factor).ToString("0.######", CultureInfo.InvariantCulture);
}
