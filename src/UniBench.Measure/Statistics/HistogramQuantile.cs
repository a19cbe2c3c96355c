namespace UniBench.Measure.Statistics;

/// <summary>
/// Quantiles of counted values: the lower bound of the bucket that holds the ceil(p n)-th value (type 1 of Hyndman, Fan:
/// Sample Quantiles in Statistical Packages, 1996). They describe operations inside rounds and carry no interval.
/// </summary>
public static class HistogramQuantile
{
    /// <summary>A quantile with fewer values beyond it than this says more about chance than about the tail.</summary>
    public const int FewestBeyond = 10;

    /// <exception cref="ArgumentException">The histogram counts nothing.</exception>
    public static long Of(IReadOnlyList<HistogramBucket> buckets, double p)
    {
        ArgumentNullException.ThrowIfNull(buckets);
        ArgumentOutOfRangeException.ThrowIfLessThan(p, 0);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(p, 1);
        long total = buckets.Sum(b => b.Count);
        if (total == 0)
        {
            throw new ArgumentException("the quantile of no values is undefined", nameof(buckets));
        }

        long wanted = Math.Max(1, (long)Math.Ceiling(p * total));
        long seen = 0;
        foreach (HistogramBucket bucket in buckets)
        {
            seen += bucket.Count;
            if (seen >= wanted)
            {
                return bucket.Value;
            }
        }

        return buckets[^1].Value;
    }
}
