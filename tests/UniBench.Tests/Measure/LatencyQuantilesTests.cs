using NUnit.Framework;
using UniBench.Measure;
using UniBench.Measure.Statistics;

namespace UniBench.Tests.Measure;

public sealed class LatencyQuantilesTests
{
    [Test]
    public void Without_rounds_or_operations_there_is_no_summary()
    {
        Assert.That(LatencyQuantiles.Of([]), Is.Null);
        Assert.That(LatencyQuantiles.Of([new Histogram("ns", [])]), Is.Null);
        Assert.That(LatencyQuantiles.Of([new Histogram("ns", [new HistogramBucket(5, 0)])]), Is.Null);
    }

    // With so many operations exactly ten lie beyond; with ten fewer only nine do.
    [TestCase(100, "p90")]
    [TestCase(1000, "p99")]
    [TestCase(10_000, "p99.9")]
    [TestCase(100_000, "p99.99")]
    public void A_quantile_needs_ten_operations_beyond_it(int operations, string name)
    {
        Assert.That(LatencyQuantiles.Of([Uniform(operations)])!.Quantiles[^1].Name, Is.EqualTo(name));
        Assert.That(LatencyQuantiles.Of([Uniform(operations - 10)])!.Of(name), Is.Null);
    }

    [Test]
    public void One_round_has_a_value_whose_interval_covers_nothing()
    {
        LatencyQuantile median = LatencyQuantiles.Of([Uniform(100)])!.Of("p50")!;
        Assert.That(median, Is.EqualTo(new LatencyQuantile("p50", 0.5, 50, new Interval(50, 50, 0, Reached: false), IsPooled: false)));
    }

    [Test]
    public void Where_each_round_has_the_tail_the_round_is_the_unit()
    {
        LatencySummary summary = LatencyQuantiles.Of([.. new[] { 1, 2, 3, 4, 90 }.Select(shift => Uniform(100, shift))])!;
        LatencyQuantile p90 = summary.Of("p90")!;
        Assert.That((p90.Value, p90.Interval.Low, p90.Interval.High, p90.IsPooled), Is.EqualTo((93.0, 91.0, 180.0, false)));
        Assert.That(p90.Interval.Coverage, Is.EqualTo(1 - Math.Pow(2, -4)));
        Assert.That((summary.Rounds, summary.Operations, summary.Max), Is.EqualTo((5, 500L, 190L)));
    }

    [Test]
    public void Where_only_all_rounds_together_have_the_tail_operations_are_pooled()
    {
        LatencySummary summary = LatencyQuantiles.Of(Enumerable.Range(0, 20).Select(_ => Uniform(100)))!;
        Assert.That(summary.Quantiles.Select(q => (q.Name, q.IsPooled)), Is.EqualTo(new[] { ("p50", false), ("p90", false), ("p99", true) }));
        Assert.That(summary.Of("p99")!.Value, Is.EqualTo(99));
    }

    [Test]
    public void A_round_that_is_too_short_makes_the_quantile_a_pooled_one() =>
        Assert.That(LatencyQuantiles.Of([Uniform(1000), Uniform(1000), Uniform(90)])!.Of("p99")!.IsPooled, Is.True);

    [Test]
    public void A_round_that_counted_nothing_is_left_out()
    {
        LatencySummary with = LatencyQuantiles.Of([Uniform(100), new Histogram("ns", []), Uniform(100, 3)])!;
        LatencySummary without = LatencyQuantiles.Of([Uniform(100), Uniform(100, 3)])!;
        Assert.That(with.Rounds, Is.EqualTo(2));
        Assert.That(with.Quantiles, Is.EqualTo(without.Quantiles));
    }

    [Test]
    public void Ties_have_an_interval_of_no_width()
    {
        Histogram tied = new("ns", [new HistogramBucket(7, 100)]);
        Assert.That(LatencyQuantiles.Of(Enumerable.Repeat(tied, 20))!.Quantiles.Select(q => (q.Value, q.Interval.Low, q.Interval.High)), Is.All.EqualTo((7.0, 7.0, 7.0)));
    }

    [Test]
    public void Pooling_adds_counts_of_equal_values_and_drops_empty_buckets() => Assert.That(
        PooledBuckets.Of([new Histogram("ns", [new(1, 2), new(5, 1)]), new Histogram("ns", [new(1, 3), new(3, 0), new(4, 1)])]),
        Is.EqualTo(new HistogramBucket[] { new(1, 5), new(4, 1), new(5, 1) }));

    /// <summary>One operation at each value from 1 on.</summary>
    private static Histogram Uniform(int operations, int shift = 0) =>
        new("ns", [.. Enumerable.Range(1, operations).Select(i => new HistogramBucket(i + shift, 1))]);
}
