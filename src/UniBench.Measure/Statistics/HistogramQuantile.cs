namespace UniBench.Measure.Statistics;

/// <summary>
/// Quantiles of counted values: the lower bound of the bucket that holds the ceil(p n)-th value (type 1 of Hyndman, Fan:
/// Sample Quantiles in Statistical Packages, 1996). One round's quantile is a number of that round, as its samples are; the interval
/// comes from the rounds (<see cref="LatencyQuantiles"/>).
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

        long wanted = Rank(total, p);
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

    /// <summary>Whether that many values have enough of them beyond their quantile for it to be shown.</summary>
    public static bool IsShown(long total, double p) => total > 0 && total - Rank(total, p) >= FewestBeyond;

    /// <summary>Which of so many values, ascending and from 1, is the quantile.</summary>
    internal static long Rank(long total, double p) => Math.Max(1, (long)Math.Ceiling(p * total));
}
