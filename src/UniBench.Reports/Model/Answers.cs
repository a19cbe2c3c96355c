using UniBench.Measure;
using UniBench.Measure.Statistics;

namespace UniBench.Reports.Model;

/// <summary>The run in sentences: for each metric the first point of its sweep, each side in its own best placement.</summary>
internal static class Answers
{
    private const string Subject = "unikernel";

    public static IEnumerable<string> Of(RunResults results) => MetricTable.Of(results).Select(t => One(results, t)).OfType<string>();

    private static string? One(RunResults results, MetricTable table)
    {
        var points = table.Rows.GroupBy(r => r.Point)
            .Select(g => (Point: g.Key, Case: Best(g)))
            .Where(p => p.Case is not null)
            .ToArray();
        if (points.Length == 0)
        {
            return null;
        }

        (string point, CaseResult? first) = points[0];
        string value = $"{Figure.Of(first!.Summary!.Median * table.Scale.Factor)} {table.Scale.Unit}";
        string where = point.Length == 0 ? "" : $" at {point}";
        CaseResult? reference = RatioToReference.BestPlacement(results, first);
        if (reference is null)
        {
            return $"{table.Title}{where}: {value} as a unikernel (placement {first.Placement}); no process was measured to compare with.";
        }

        PairedRatio? ratio = RatioToReference.Of(results, first, reference);
        string other = $"{Figure.Of(reference.Summary!.Median * table.Scale.Factor)} {table.Scale.Unit}";
        string sentence = $"{table.Title}{where}: {value} as a unikernel (placement {first.Placement}) and {other} as a process in its best placement ({reference.Placement}): {RatioText.Of(ratio, first)}";
        return points.Length == 1 ? sentence + "." : sentence + Range(results, points.Select(p => p.Case!)) + ".";
    }

    private static string Range(RunResults results, IEnumerable<CaseResult> cases)
    {
        double[] values = [.. cases
            .Select(c => (Case: c, Reference: RatioToReference.BestPlacement(results, c)))
            .Select(x => x.Reference is null ? null : RatioToReference.Of(results, x.Case, x.Reference) is { } r ? RatioText.Improvement(r, x.Case.Better) : null)
            .OfType<PairedRatio>()
            .Select(r => r.Value)];
        return values.Length < 2 ? "" : $"; over the sweep {Figure.Of(values.Min())} to {Figure.Of(values.Max())} times as good as the process";
    }

    private static CaseResult? Best(IEnumerable<MetricRow> rows)
    {
        CaseResult[] measured = [.. rows.Select(r => r.Cases.GetValueOrDefault(Subject)).OfType<CaseResult>().Where(c => c.Summary is not null)];
        return measured.Length == 0 ? null
            : measured[0].Better == Better.Lower ? measured.MinBy(c => c.Summary!.Median)
            : measured.MaxBy(c => c.Summary!.Median);
    }
}
