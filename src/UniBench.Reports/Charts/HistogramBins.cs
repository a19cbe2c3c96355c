using UniBench.Measure;
using UniBench.Reports.Languages;

namespace UniBench.Reports.Charts;

/// <summary>Puts counted values into bins that all series share.</summary>
internal static class HistogramBins
{
    /// <summary>Few enough that a bin is wider than the programs' own buckets, which would leave gaps.</summary>
    private const int Count = 60;

    public static HistogramChart Chart(
        string slug, string title, string caption, string xTitle, IReadOnlyList<PooledHistogram> pooled, double factor, Language language)
    {
        double[] values = [.. pooled.SelectMany(p => p.Buckets).Select(b => b.Value * factor)];
        bool isLog = Axis.IsLogFor(values);
        double[] edges = Edges(values.Min(), values.Max(), isLog);
        ChartSeries[] series = [.. pooled.Select(p => new ChartSeries(p.Label, p.Style, Shares(p, factor, edges)))];
        return new HistogramChart(slug, title, caption, xTitle, edges, series, isLog, language);
    }

    internal static double[] Edges(double min, double max, bool isLog)
    {
        double high = max > min ? max : min + 1;
        return [.. Enumerable.Range(0, Count + 1).Select(i => isLog
            ? min * Math.Pow(high / min, (double)i / Count)
            : min + ((high - min) * i / Count))];
    }

    private static ChartPoint[] Shares(PooledHistogram pooled, double factor, double[] edges)
    {
        double[] counts = new double[Count];
        foreach (HistogramBucket bucket in pooled.Buckets)
        {
            // A value on a border belongs to the bin that begins there, the largest one to the last bin.
            int at = Array.FindLastIndex(edges, e => e <= bucket.Value * factor);
            counts[Math.Clamp(at, 0, Count - 1)] += bucket.Count;
        }

        return [.. counts.Select((c, i) => new ChartPoint(edges[i], "", c / pooled.Count, 0, 0))];
    }
}
