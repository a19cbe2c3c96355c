using UniBench.Measure;
using UniBench.Measure.Comparing;
using UniBench.Workloads;

namespace UniBench.Reports.Model;

/// <summary>What a metric comes down to for a backend on our engine: the first point of its sweep, each side in its own best placement.</summary>
/// <param name="Reference">The process; null when none was measured.</param>
/// <param name="Verdict">On the subject's value as a multiple of the process's; null when that cannot be formed.</param>
/// <param name="Improvements">How many times as good as the process, at each point of the sweep.</param>
internal sealed record Headline(
    MetricTable Table, string Point, CaseMetric Subject, CaseMetric? Reference, Verdict? Verdict, IReadOnlyList<double> Improvements)
{
    /// <summary>One for each backend on our engine that was measured; another build is what this one is compared with, not what answers are about.</summary>
    public static IEnumerable<Headline> Of(RunResults results, MetricTable table) =>
        table.Backends.Where(b => results.Environment.TraitsOf(b).IsEngine && OtherBuild.BaseOf(b) is null).Select(b => Of(results, table, b)).OfType<Headline>();

    private static Headline? Of(RunResults results, MetricTable table, string backend)
    {
        (string Point, CaseMetric Case)[] points = [.. table.Rows
            .GroupBy(r => r.Point)
            .Select(g => (Point: g.Key, Case: Best(g, backend)))
            .Where(p => p.Case is not null)
            .Select(p => (p.Point, p.Case!))];
        if (points.Length == 0)
        {
            return null;
        }

        (string point, CaseMetric subject) = points[0];
        CaseMetric? reference = RatioToReference.BestPlacement(results, subject);
        double[] improvements = [.. points.Select(p => Compare(results, p.Case)).OfType<Verdict>().Select(v => RatioText.Improvement(v.Estimate, subject.Better).Value)];
        return new Headline(table, point, subject, reference, Compare(results, subject), improvements);
    }

    private static Verdict? Compare(RunResults results, CaseMetric one) =>
        RatioToReference.BestPlacement(results, one) is { } reference ? RatioToReference.Judge(results, one, reference) : null;

    private static CaseMetric? Best(IEnumerable<MetricRow> rows, string backend)
    {
        CaseMetric[] measured = [.. rows.Select(r => r.Of(backend)).OfType<CaseMetric>().Where(c => c.Summary is not null)];
        return measured.Length == 0 ? null
            : measured[0].Better == Better.Lower ? measured.MinBy(c => c.Summary!.Median)
            : measured.MaxBy(c => c.Summary!.Median);
    }
}
