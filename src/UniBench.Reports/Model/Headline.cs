using UniBench.Measure;
using UniBench.Measure.Comparing;
using UniBench.Workloads;

namespace UniBench.Reports.Model;

/// <summary>What a metric comes down to for a backend on our engine: the first point of its sweep, each side in its own best placement, and where it does worst.</summary>
/// <param name="Reference">The process; null when none was measured.</param>
/// <param name="Verdict">On the subject's value as a multiple of the process's; null when that cannot be formed.</param>
/// <param name="Improvements">How many times as good as the process, at each point of the sweep.</param>
/// <param name="Last">The sweep's last point, with the process in its best placement there; null where there is one point, or no process.</param>
/// <param name="Worst">Null where the subject's placement is the only one, or no other compares worse.</param>
internal sealed record Headline(
    MetricTable Table, string Point, CaseMetric Subject, CaseMetric? Reference, Verdict? Verdict, IReadOnlyList<double> Improvements, (string Point, CaseMetric Subject, CaseMetric Reference)? Last, WorstPlacement? Worst)
{
    /// <summary>One for each backend on our engine that was measured; another build is what this one is compared with, not what answers are about.</summary>
    public static IEnumerable<Headline> Of(RunResults results, MetricTable table) =>
        table.Backends.Where(b => results.Environment.TraitsOf(b).IsEngine && OtherBuild.BaseOf(b) is null).Select(b => Of(results, table, b)).OfType<Headline>();

    private static Headline? Of(RunResults results, MetricTable table, string backend)
    {
        (string Point, CaseMetric Case, CaseMetric? Reference)[] points = [.. table.Rows
            .Where(r => !TwoModes.Is(table, r))
            .GroupBy(r => r.PointOf(table))
            .Select(g => (Point: g.Key, Case: Best(g, backend), Reference: Best(g, table.Reference)))
            .Where(p => p.Case is not null)
            .Select(p => (p.Point, p.Case!, p.Reference))];
        if (points.Length == 0)
        {
            return null;
        }

        (string point, CaseMetric subject, CaseMetric? reference) = points[0];
        Verdict[] verdicts = [.. points.Select(p => Compare(results, p.Case, p.Reference)).OfType<Verdict>()];
        double[] improvements = [.. verdicts.Select(v => RatioText.Improvement(v.Estimate, subject.Better).Value)];
        return new Headline(table, point, subject, reference, Compare(results, subject, reference), improvements, LastOf(points), WorstPlacement.Of(results, table, subject));
    }

    private static (string Point, CaseMetric Subject, CaseMetric Reference)? LastOf((string Point, CaseMetric Case, CaseMetric? Reference)[] points) =>
        points.Length > 1 && points[^1] is (var point, var subject, { } reference) ? (point, subject, reference) : null;

    private static Verdict? Compare(RunResults results, CaseMetric one, CaseMetric? reference) => reference is null ? null : RatioToReference.Judge(results, one, reference);

    private static CaseMetric? Best(IEnumerable<MetricRow> rows, string backend)
    {
        CaseMetric[] measured = [.. rows.Select(r => r.Of(backend)).OfType<CaseMetric>().Where(c => c.Summary is not null)];
        return measured.Length == 0 ? null
            : measured[0].Better == Better.Lower ? measured.MinBy(c => c.Summary!.Median)
            : measured.MaxBy(c => c.Summary!.Median);
    }
}
