using UniBench.Measure;
using UniBench.Measure.Statistics;

namespace UniBench.Reports.Charts;

/// <summary>All operations of all rounds of a case: a picture of the operations, never a statistic over rounds.</summary>
internal sealed record PooledHistogram(string Label, SeriesStyle Style, string Unit, IReadOnlyList<HistogramBucket> Buckets)
{
    public long Count => Buckets.Sum(b => b.Count);

    /// <returns>Null when no round has a histogram of that name.</returns>
    public static PooledHistogram? Of(string label, SeriesStyle style, IEnumerable<RoundRecord> rounds, string name)
    {
        Histogram[] histograms = [.. rounds.Select(r => r.Histograms.GetValueOrDefault(name)).OfType<Histogram>()];
        IReadOnlyList<HistogramBucket> buckets = PooledBuckets.Of(histograms);
        return buckets.Count == 0 ? null : new PooledHistogram(label, style, histograms[0].Unit, buckets);
    }
}
