
namespace UniBench.Measure;

/// <summary>How narrow the intervals of a run are by now, for a run that goes on until they are narrow enough.</summary>
/// <remarks>
/// Looking after every round at an interval's width, not at what it says, does not make it lie: simulated coverage is in
/// the tests. Looking for significance would.
/// </remarks>
public static class Precision
{
    /// <summary>
    /// Of each case's first metric the half width of its interval as a part of the value: of the ratio to the process in the
    /// same placement where there is one, else of the median.
    /// </summary>
    /// <returns>One entry a case that was measured; infinite where rounds are too few for the confidence.</returns>
    public static IReadOnlyList<(CaseMetric Case, double HalfWidth)> Of(RunResults results)
    {
        ArgumentNullException.ThrowIfNull(results);
        return [.. results.Cases.Where(c => c.Summary is not null).DistinctBy(c => c.Id).Select(c => (c, HalfWidth(results, c)))];
    }

    private static double HalfWidth(RunResults results, CaseMetric one)
    {
        if (one.Backend != results.Environment.Reference()
            && RatioToReference.SamePlacement(results, one) is { } reference
            && RatioToReference.Of(results, one, reference) is { } ratio)
        {
            return ratio.Interval.Reached ? HalfWidth(ratio.Interval.Low, ratio.Interval.High) : double.PositiveInfinity;
        }

        Summary summary = one.Summary!;
        return summary.Coverage >= results.Verdicts.Confidence() && summary.Low > 0 ? HalfWidth(summary.Low, summary.High)
            : summary is { Low: 0, High: 0 } ? 0
            : double.PositiveInfinity;
    }

    /// <summary>On the logarithmic scale, where ratios have their intervals: a factor, less one.</summary>
    private static double HalfWidth(double low, double high) => Math.Sqrt(high / low) - 1;
}
