namespace UniBench.Measure.Statistics;

/// <summary>Summarises the rounds of one case; the unit is the round, never the iteration inside one.</summary>
public static class Summaries
{
    /// <exception cref="ArgumentException">There is no value.</exception>
    public static Summary Of(IReadOnlyList<double> samples, double confidence = Confidence.Default)
    {
        Interval interval = MedianInterval.Of(samples, confidence);
        return new Summary(
            samples.Count,
            Median.Of(samples),
            interval.Low,
            interval.High,
            samples.Min(),
            samples.Max(),
            MedianAbsoluteDeviation.Of(samples),
            interval.Coverage);
    }
}
