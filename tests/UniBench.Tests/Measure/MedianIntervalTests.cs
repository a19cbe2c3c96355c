using NUnit.Framework;
using UniBench.Measure.Statistics;

namespace UniBench.Tests.Measure;

public sealed class MedianIntervalTests
{
    [Test]
    public void No_value_has_no_median()
    {
        Assert.That(() => Median.Of([]), Throws.ArgumentException);
        Assert.That(() => MedianInterval.Of([]), Throws.ArgumentException);
        Assert.That(() => MedianAbsoluteDeviation.Of([]), Throws.ArgumentException);
    }

    [Test]
    public void One_value_covers_nothing_and_says_so() =>
        Assert.That(MedianInterval.Of([5]), Is.EqualTo(new Interval(5, 5, 0, Reached: false)));

    [Test]
    public void Two_values_cover_one_half() =>
        Assert.That(MedianInterval.Of([7, 5]), Is.EqualTo(new Interval(5, 7, 0.5, Reached: false)));

    [TestCase(new[] { 3.0, 1, 2 }, 2.0)]
    [TestCase(new[] { 4.0, 1, 3, 2 }, 2.5)]
    [TestCase(new[] { 2.0, 2, 2 }, 2.0)]
    public void The_median_is_the_middle(double[] values, double expected) =>
        Assert.That(Median.Of(values), Is.EqualTo(expected));

    [TestCase(new[] { 1.0, 1, 2, 2, 4, 6, 9 }, 1.0)]
    [TestCase(new[] { 3.0, 3, 3 }, 0.0)]
    [TestCase(new[] { 3.0 }, 0.0)]
    public void The_deviation_is_the_median_distance(double[] values, double expected) =>
        Assert.That(MedianAbsoluteDeviation.Of(values), Is.EqualTo(expected));

    // Tabulated order-statistic intervals: n, confidence, rank of the lower end, coverage.
    [TestCase(6, 0.95, 1, 0.96875)]
    [TestCase(10, 0.95, 2, 0.978515625)]
    [TestCase(20, 0.95, 6, 0.95861053466796875)]
    [TestCase(20, 0.99, 4, 0.99742317199707031)]
    [TestCase(8, 0.99, 1, 0.9921875)]
    public void Ranks_and_coverage_are_those_of_the_tables(int n, double confidence, int rank, double coverage)
    {
        Interval interval = MedianInterval.Of([.. Enumerable.Range(1, n).Select(i => (double)i)], confidence);
        Assert.That((interval.Low, interval.High), Is.EqualTo(((double)rank, (double)(n + 1 - rank))));
        Assert.That(interval.Coverage, Is.EqualTo(coverage).Within(1e-12));
        Assert.That(interval.Reached);
    }

    [Test]
    public void Five_values_cannot_reach_99_percent_and_say_what_they_reach() =>
        Assert.That(MedianInterval.Of([1, 2, 3, 4, 5]), Is.EqualTo(new Interval(1, 5, 0.9375, Reached: false)));
}
