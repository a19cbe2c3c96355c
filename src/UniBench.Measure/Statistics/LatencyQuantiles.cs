namespace UniBench.Measure.Statistics;

/// <summary>
/// Summarises the histograms of one case's rounds. Where every round has <see cref="HistogramQuantile.FewestBeyond"/> operations beyond a quantile, the
/// round is the unit, as everywhere: the median of the rounds' quantiles with its order-statistic interval. Where only all rounds together have
/// them, it is the quantile of all operations, with <see cref="PooledQuantileInterval"/>. Else there is none.
/// </summary>
public static class LatencyQuantiles
{
    public static IReadOnlyList<(string Name, double Share)> Shown { get; } = [("p50", 0.5), ("p90", 0.9), ("p99", 0.99), ("p99.9", 0.999), ("p99.99", 0.9999)];

    /// <returns>Null when no round counts anything.</returns>
    public static LatencySummary? Of(IEnumerable<Histogram> rounds, double confidence = Confidence.Default)
    {
        Histogram[] counted = [.. rounds.Where(h => h.Buckets.Any(b => b.Count > 0))];
        if (counted.Length == 0)
        {
            return null;
        }

        IReadOnlyList<HistogramBucket> pooled = PooledBuckets.Of(counted);
        return new LatencySummary(
            counted.Length,
            pooled.Sum(b => b.Count),
            pooled[^1].Value,
            [.. Shown.Select(q => One(q.Name, q.Share, counted, pooled, confidence)).OfType<LatencyQuantile>()]);
    }

    private static LatencyQuantile? One(string name, double share, Histogram[] rounds, IReadOnlyList<HistogramBucket> pooled, double confidence)
    {
        if (rounds.All(h => HistogramQuantile.IsShown(h.Buckets.Sum(b => b.Count), share)))
        {
            double[] values = [.. rounds.Select(h => (double)HistogramQuantile.Of(h.Buckets, share))];
            return new LatencyQuantile(name, share, Median.Of(values), MedianInterval.Of(values, confidence), IsPooled: false);
        }

        return HistogramQuantile.IsShown(pooled.Sum(b => b.Count), share)
            ? new LatencyQuantile(name, share, HistogramQuantile.Of(pooled, share), PooledQuantileInterval.Of(rounds, share, confidence), IsPooled: true)
            : null;
    }
}
