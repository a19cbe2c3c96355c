using NUnit.Framework;
using UniBench.Measure;
using UniBench.Reports.Charts;
using UniBench.Reports.Languages;

namespace UniBench.Tests.Reports;

public sealed class HistogramChartTests
{
    private static readonly SeriesStyle Style = SeriesStyle.OfRun(0, "same");

    [Test]
    public void Every_operation_is_in_one_bin_and_no_other()
    {
        HistogramBucket[] buckets = [.. Enumerable.Range(1, 400).Select(i => new HistogramBucket(i * i, i))];
        HistogramChart chart = Chart(new PooledHistogram("a", Style, "ns", buckets));
        ChartPoint[] bins = [.. chart.Series[0].Points];
        Assert.That(chart.IsLog);
        Assert.That(bins.Sum(b => b.Y), Is.EqualTo(1).Within(1e-12));
        double total = buckets.Sum(b => b.Count);
        for (int i = 0; i < bins.Length - 1; i++)
        {
            double inside = buckets.Where(b => b.Value >= chart.Edges[i] && b.Value < chart.Edges[i + 1]).Sum(b => b.Count) / total;
            Assert.That(bins[i].Y, Is.EqualTo(inside).Within(1e-12), $"[{chart.Edges[i]}, {chart.Edges[i + 1]})");
        }
    }

    [TestCase(new long[] { 7 })]
    [TestCase(new long[] { 0, 5 })]
    [TestCase(new long[] { 100, 101 })]
    [TestCase(new long[] { 1, 1_000_000_000 })]
    public void Extreme_values_make_a_sound_picture(long[] values)
    {
        HistogramChart chart = Chart(new PooledHistogram("a", Style, "ns", [.. values.Select(v => new HistogramBucket(v, 3))]));
        Assert.That(chart.Series[0].Points.Sum(p => p.Y), Is.EqualTo(1).Within(1e-12));
        Assert.That(chart.Draw(), Does.Not.Contain("NaN").And.Not.Contain("Infinity").And.Not.Contain("∞").And.Contain("<title>a: "));
    }

    [Test]
    public void A_quantile_is_marked_only_with_ten_operations_beyond_it()
    {
        HistogramBucket[] buckets = [.. Enumerable.Range(1, 1000).Select(i => new HistogramBucket(i, 1))];
        CasePoint point = UniBench.Tests.Measure.Fabricated.Point("rtt", "1", "process", "same");
        RoundRecord round = UniBench.Tests.Measure.Fabricated.Round(point, 0) with
        {
            Samples = new Dictionary<string, double> { ["rtt_p50"] = 500 },
            Histograms = new Dictionary<string, Histogram> { ["rtt"] = new("ns", buckets) },
        };
        PlannedCase planned = new(point, [new MetricSpec("rtt_p50", "ns", Better.Lower)], null);
        RunResults results = ResultsBuilder.Assemble(UniBench.Tests.Measure.Fabricated.Description(), [planned], [round], [], interrupted: false);
        DistributionChart chart = DistributionSet.Of(results, Language.English).OfType<DistributionChart>().Single();
        Assert.That(chart.Series[0].Quantiles.Select(q => (q.Name, q.Value)), Is.EqualTo(new[] { ("p50", 500.0), ("p90", 900.0), ("p99", 990.0) }));
        Assert.That(chart.Series[0].Steps[^1].Share, Is.EqualTo(1));
    }

    private static HistogramChart Chart(PooledHistogram pooled) =>
        HistogramBins.Chart("slug", "title", "caption", "rtt, ns", [pooled], 1, Language.English);
}
