namespace UniBench.Measure.Statistics;

/// <summary>
/// Median distance from the median, not scaled to a standard deviation.
/// Hampel: The Influence Curve and its Role in Robust Estimation, JASA 69 (1974).
/// </summary>
public static class MedianAbsoluteDeviation
{
    /// <exception cref="ArgumentException">There is no value.</exception>
    public static double Of(IReadOnlyList<double> values)
    {
        double median = Median.Of(values);
        return Median.Of([.. values.Select(v => Math.Abs(v - median))]);
    }
}
