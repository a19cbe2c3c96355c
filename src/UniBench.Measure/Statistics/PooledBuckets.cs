namespace UniBench.Measure.Statistics;

/// <summary>The operations of several rounds in one histogram: values ascending, empty buckets left out.</summary>
public static class PooledBuckets
{
    public static IReadOnlyList<HistogramBucket> Of(IEnumerable<Histogram> rounds) =>
    [
        .. rounds
            .SelectMany(h => h.Buckets)
            .Where(b => b.Count > 0)
            .GroupBy(b => b.Value)
            .OrderBy(g => g.Key)
            .Select(g => new HistogramBucket(g.Key, g.Sum(b => b.Count))),
    ];
}
