using UniBench.Measure;

namespace UniBench.Reports.Charts;

/// <summary>All operations of all rounds of a case: a picture of the operations, never a statistic over rounds.</summary>
internal sealed record PooledHistogram(string Label, SeriesStyle Style, string Unit, IReadOnlyList<HistogramBucket> Buckets)
{
    public double Count => Buckets.Sum(b => (double)b.Count);

    /// <returns>Null when no round has a histogram of that name.</returns>
    public static PooledHistogram? Of(string label, SeriesStyle style, IEnumerable<RoundRecord> rounds, string name)
    {
        Histogram[] histograms = [.. rounds.Select(r => r.Histograms.GetValueOrDefault(name)).OfType<Histogram>()];
        HistogramBucket[] buckets = [.. histograms
            .SelectMany(h => h.Buckets)
            .Where(b => b.Count > 0)
            .GroupBy(b => b.Value)
            .OrderBy(g => g.Key)
            .Select(g => new HistogramBucket(g.Key, g.Sum(b => b.Count)))];
        return buckets.Length == 0 ? null : new PooledHistogram(label, style, histograms[0].Unit, buckets);
    }
}
