using NUnit.Framework;
using UniBench.Measure.Statistics;

namespace UniBench.Tests.Measure;

public sealed class SignedRankTests
{
    [Test]
    public void The_distribution_counts_subsets_of_ranks()
    {
        double[] expected = [1, 1, 1, 2, 1, 1, 1];
        Assert.That(SignedRankDistribution.Of(3), Is.EqualTo(expected.Select(c => c / 8)));
        Assert.That(SignedRankDistribution.Of(0), Is.EqualTo(new[] { 1.0 }));
    }

    [TestCase(20)]
    [TestCase(200)]
    public void The_distribution_sums_to_one_and_is_symmetric(int n)
    {
        double[] p = SignedRankDistribution.Of(n);
        Assert.That(p.Sum(), Is.EqualTo(1).Within(1e-12));
        Assert.That(p, Is.EqualTo(p.Reverse()).Within(1e-15));
    }

    // Table A.12 of Bland, An Introduction to Medical Statistics: largest T with a two-sided probability of at most 5 % and 1 %.
    [TestCase(8, 0.05, 3)]
    [TestCase(10, 0.05, 8)]
    [TestCase(20, 0.05, 52)]
    [TestCase(8, 0.01, 0)]
    [TestCase(10, 0.01, 3)]
    [TestCase(20, 0.01, 37)]
    public void Critical_values_are_those_of_the_tables(int n, double alpha, int critical)
    {
        double[] p = SignedRankDistribution.Of(n);
        Assert.That(2 * p.Take(critical + 1).Sum(), Is.LessThanOrEqualTo(alpha));
        Assert.That(2 * p.Take(critical + 2).Sum(), Is.GreaterThan(alpha));
    }

    [Test]
    public void One_pair_gives_its_ratio_and_no_certainty()
    {
        RatioEstimate ratio = RatioEstimate.Paired([2], [1]);
        Assert.That(ratio.Value, Is.EqualTo(2).Within(1e-12));
        Assert.That((ratio.Interval.Coverage, ratio.Interval.Reached, ratio.IsClear), Is.EqualTo((0.0, false, false)));
    }

    [Test]
    public void Two_pairs_cover_one_half() =>
        Assert.That(RatioEstimate.Paired([2, 4], [1, 1]).Interval.Coverage, Is.EqualTo(0.5));

    [Test]
    public void Seven_pairs_cannot_reach_99_percent_and_eight_can()
    {
        double[] ones = [1, 1, 1, 1, 1, 1, 1, 1];
        double[] twos = [2, 2, 2, 2, 2, 2, 2, 2];
        RatioEstimate seven = RatioEstimate.Paired(twos[..7], ones[..7]);
        Assert.That((seven.Interval.Coverage, seven.IsClear), Is.EqualTo((1 - (2 / 128.0), false)));
        Assert.That(RatioEstimate.Paired(twos, ones).IsClear);
    }

    [Test]
    public void Equal_pairs_have_ratio_one_without_spread()
    {
        double[] same = [.. Enumerable.Repeat(3.0, 10)];
        RatioEstimate ratio = RatioEstimate.Paired(same, same);
        Assert.That((ratio.Value, ratio.Interval.Low, ratio.Interval.High, ratio.IsClear), Is.EqualTo((1.0, 1.0, 1.0, false)));
    }

    [Test]
    public void A_common_drift_of_both_sides_cancels()
    {
        double[] reference = [.. Enumerable.Range(1, 12).Select(i => (double)i)];
        RatioEstimate ratio = RatioEstimate.Paired([.. reference.Select(r => r / 4)], reference);
        Assert.That(new[] { ratio.Value, ratio.Interval.Low, ratio.Interval.High }, Is.All.EqualTo(0.25).Within(1e-12));
    }

    [Test]
    public void Inverting_swaps_the_ends()
    {
        RatioEstimate ratio = RatioEstimate.Paired([2, 3, 4, 5, 6, 7, 8, 9], [1, 1, 1, 1, 1, 1, 1, 1]);
        RatioEstimate inverted = ratio.Inverted();
        Assert.That(inverted.Interval.Low, Is.EqualTo(1 / ratio.Interval.High));
        Assert.That(inverted.Interval.High, Is.EqualTo(1 / ratio.Interval.Low));
    }

    [TestCase(0)]
    [TestCase(-1)]
    [TestCase(double.NaN)]
    [TestCase(double.PositiveInfinity)]
    public void A_ratio_of_something_not_positive_is_refused(double value) =>
        Assert.That(() => RatioEstimate.Paired([value], [1]), Throws.ArgumentException);

    [Test]
    public void Unpaired_values_are_refused() =>
        Assert.That(() => RatioEstimate.Paired([1, 2], [1]), Throws.ArgumentException);
}
