using NUnit.Framework;
using UniBench.Measure;
using UniBench.Measure.Statistics;

namespace UniBench.Tests.Measure;

public sealed class NoiseTests
{
    [Test]
    public void A_pipe_that_lands_on_one_cpu_or_on_two_is_two_groups() =>
        Assert.That(TwoGroups.Of([4.5, 50, 4.2, 61, 4.9, 4.4, 48, 55]), Is.EqualTo((4.45, 52.5)));

    [TestCase(new[] { 4.5, 4.6, 4.4, 4.5, 4.7, 4.3, 50 }, Description = "one outlier is not a group")]
    [TestCase(new[] { 1.0, 1, 9, 9 }, Description = "too few")]
    [TestCase(new[] { 2.0, 2, 2, 2, 2, 2 }, Description = "no spread")]
    [TestCase(new[] { 0.0, 0, 0, 5, 5, 5 }, Description = "no ratio with zero")]
    [TestCase(new double[0], Description = "nothing")]
    public void Anything_else_is_one_group(double[] values) => Assert.That(TwoGroups.Of(values), Is.Null);

    [Test]
    public void An_outlier_is_named() =>
        Assert.That(Outliers.Of([10, 11, 10.5, 10.2, 10.8, 10.1, 10.9, 10.4, 95]), Is.EqualTo(new[] { 95.0 }));

    [TestCase(new[] { 1.0, 1, 1, 1, 1, 1, 1, 1, 1 })]
    [TestCase(new[] { 1.0, 100 })]
    [TestCase(new double[0])]
    public void Without_spread_or_with_few_values_nothing_is_an_outlier(double[] values) =>
        Assert.That(Outliers.Of(values), Is.Empty);

    // n! orders: 5 of 5 rising has one-sided probability 1/120.
    [TestCase(new[] { 1.0, 2, 3, 4, 5 }, 10, 2 / 120.0)]
    [TestCase(new[] { 5.0, 4, 3, 2, 1 }, -10, 2 / 120.0)]
    [TestCase(new[] { 1.0, 3, 2 }, 1, 1.0)]
    [TestCase(new[] { 2.0, 2, 2 }, 0, 1.0)]
    [TestCase(new[] { 2.0 }, 0, 1.0)]
    [TestCase(new double[0], 0, 1.0)]
    public void A_trend_has_its_exact_probability(double[] sequence, int s, double p)
    {
        (int actual, double probability) = MannKendall.Of(sequence);
        Assert.That(actual, Is.EqualTo(s));
        Assert.That(probability, Is.EqualTo(p).Within(1e-12));
    }

    [TestCase(0.0, 10)]
    [TestCase(0.5, 10)]
    [TestCase(0.51, 20)]
    [TestCase(0.99, 30)]
    [TestCase(1.0, 30)]
    public void A_histogram_quantile_is_the_bucket_of_its_rank(double p, long expected) =>
        Assert.That(HistogramQuantile.Of([new HistogramBucket(10, 50), new(20, 40), new(30, 10)], p), Is.EqualTo(expected));

    [Test]
    public void An_empty_histogram_has_no_quantile() =>
        Assert.That(() => HistogramQuantile.Of([], 0.5), Throws.ArgumentException);
}
