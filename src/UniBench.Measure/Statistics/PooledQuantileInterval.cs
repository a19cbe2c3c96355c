namespace UniBench.Measure.Statistics;

/// <summary>
/// Approximate interval of a quantile of all rounds' operations: whole rounds are drawn with replacement, because operations of a round resemble
/// each other, and the interval lies between the percentiles of the drawn samples' quantiles. The seed is fixed: the same rounds give the same
/// interval. Davison, Hinkley: Bootstrap Methods and their Application (1997), sections 3.8 (resampling clusters) and 5.3 (percentile
/// intervals); Field, Welsh: Bootstrapping Clustered Data, JRSS B 69 (2007).
/// </summary>
public static class PooledQuantileInterval
{
    /// <summary>So that the ends of a 99 % interval are whole order statistics: the 10th from either side.</summary>
    private const int Samples = 1999;

    private const long Seed = 1;

    /// <returns>Coverage is what was asked for, not what is exact; with one round it is 0.</returns>
    /// <exception cref="ArgumentException">No round counts anything.</exception>
    public static Interval Of(IReadOnlyList<Histogram> rounds, double p, double confidence = Confidence.Default)
    {
        ArgumentNullException.ThrowIfNull(rounds);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(confidence, 0);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(confidence, 1);
        Histogram[] counted = [.. rounds.Where(h => h.Buckets.Any(b => b.Count > 0))];
        if (counted.Length < 2)
        {
            long only = HistogramQuantile.Of(PooledBuckets.Of(counted), p);
            return new Interval(only, only, 0, Reached: false);
        }

        // Descending: a tail is reached from its end in few steps.
        (long Value, int Round, long Count)[] entries = [.. counted
            .SelectMany((h, round) => h.Buckets.Where(b => b.Count > 0).Select(b => (b.Value, round, b.Count)))
            .OrderByDescending(e => e.Value)];
        long[] totals = [.. counted.Select(h => h.Buckets.Sum(b => b.Count))];
        SplitMix64 random = new(Seed);
        long[] quantiles = new long[Samples];
        for (int i = 0; i < Samples; i++)
        {
            quantiles[i] = Quantile(entries, totals, Draw(totals.Length, random), p);
        }

        Array.Sort(quantiles);
        int beyond = Math.Max(1, (int)Math.Floor((Samples + 1) * (1 - confidence) / 2 * (1 + 1e-9)));
        return new Interval(quantiles[beyond - 1], quantiles[Samples - beyond], confidence, Reached: true);
    }

    /// <summary>How often each round was drawn.</summary>
    private static int[] Draw(int rounds, SplitMix64 random)
    {
        int[] times = new int[rounds];
        for (int i = 0; i < rounds; i++)
        {
            times[random.Below(rounds)]++;
        }

        return times;
    }

    private static long Quantile((long Value, int Round, long Count)[] descending, long[] totals, int[] times, double p)
    {
        long total = totals.Select((t, round) => t * times[round]).Sum();
        long wanted = total - HistogramQuantile.Rank(total, p) + 1;
        long seen = 0;
        foreach ((long value, int round, long count) in descending)
        {
            seen += count * times[round];
            if (seen >= wanted)
            {
                return value;
            }
        }

        return descending[^1].Value;
    }
}
