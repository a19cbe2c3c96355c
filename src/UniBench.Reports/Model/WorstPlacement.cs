using UniBench.Measure;
using UniBench.Measure.Comparing;

namespace UniBench.Reports.Model;

/// <summary>The placement in which a backend compares worst with the process in the same one: what a reader must hear beside the best.</summary>
/// <param name="Improvements">How many times as good as the process in that placement, at each point of the sweep.</param>
internal sealed record WorstPlacement(CaseMetric Case, CaseMetric Reference, Verdict Verdict, IReadOnlyList<double> Improvements)
{
    /// <returns>Null where the placement of the best value is also the worst to compare in.</returns>
    public static WorstPlacement? Of(RunResults results, MetricTable table, CaseMetric best)
    {
        MetricRow[] rows = [.. table.Rows.Where(r => !TwoModes.Is(table, r))];
        WorstPlacement? worst = rows
            .Where(r => r.Params.SequenceEqual(best.Params))
            .Select(r => Of(results, r.Of(best.Backend)))
            .OfType<WorstPlacement>()
            .MinBy(w => w.Improvements[0]);
        return worst is null || worst.Case.Placement == best.Placement
            ? null
            : worst with { Improvements = [.. rows.Where(r => r.Placement == worst.Case.Placement).Select(r => Of(results, r.Of(best.Backend))).OfType<WorstPlacement>().Select(w => w.Improvements[0])] };
    }

    private static WorstPlacement? Of(RunResults results, CaseMetric? one) =>
        one?.Summary is not null && RatioToReference.SamePlacement(results, one) is { Summary: not null } reference && RatioToReference.Judge(results, one, reference) is { } verdict
            ? new WorstPlacement(one, reference, verdict, [RatioText.Improvement(verdict.Estimate, one.Better).Value])
            : null;
}
