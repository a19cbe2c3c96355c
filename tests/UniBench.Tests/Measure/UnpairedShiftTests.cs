using NUnit.Framework;
using UniBench.Measure;
using UniBench.Measure.Statistics;

namespace UniBench.Tests.Measure;

public sealed class UnpairedShiftTests
{
    [Test]
    public void The_distribution_counts_the_orders_of_two_and_three_values()
    {
        // 10 ways to mix 2 values with 3; so many of them have U = 0, 1, ..., 6.
        double[] expected = [1, 1, 2, 2, 2, 1, 1];
        Assert.That(RankSumDistribution.Of(2, 3), Is.EqualTo(expected.Select(c => c / 10)).Within(1e-15));
        Assert.That(RankSumDistribution.Of(3, 2), Is.EqualTo(RankSumDistribution.Of(2, 3)));
    }

    [TestCase(1, 1)]
    [TestCase(5, 9)]
    [TestCase(20, 20)]
    [TestCase(100, 100)]
    public void The_distribution_is_symmetric_and_sums_to_one(int m, int n)
    {
        IReadOnlyList<double> probability = RankSumDistribution.Of(m, n);
        Assert.That(probability, Has.Count.EqualTo((m * n) + 1));
        Assert.That(probability.Sum(), Is.EqualTo(1).Within(1e-12));
        Assert.That(probability, Is.EqualTo(probability.Reverse()).Within(1e-15));
    }

    [Test]
    public void Critical_values_agree_with_published_tables()
    {
        // Two-sided 5 % and 1 % critical values of U for 10 and 10, 20 and 20: the largest u with P(U <= u) <= alpha / 2.
        Assert.That(Critical(10, 10, 0.05), Is.EqualTo(23));
        Assert.That(Critical(10, 10, 0.01), Is.EqualTo(16));
        Assert.That(Critical(20, 20, 0.05), Is.EqualTo(127));
        Assert.That(Critical(20, 20, 0.01), Is.EqualTo(105));
    }

    [Test]
    public void A_shifted_copy_is_shifted_by_just_that()
    {
        double[] from = [1, 2, 4, 8, 16];
        (double estimate, Interval interval) = UnpairedShift.Of(from, [.. from.Select(x => x + 3)]);
        Assert.That(estimate, Is.EqualTo(3));
        Assert.That(interval.Low, Is.LessThanOrEqualTo(3));
        Assert.That(interval.High, Is.GreaterThanOrEqualTo(3));
    }

    [TestCase(4, false)]
    [TestCase(5, true)]
    public void The_fewest_values_that_reach_99_percent_are_five_a_side(int n, bool reached)
    {
        double[] values = [.. Enumerable.Range(0, n).Select(i => (double)i)];
        Interval interval = UnpairedShift.Of(values, values).Interval;
        Assert.That(interval.Reached, Is.EqualTo(reached));
        Assert.That(interval.Coverage, Is.LessThan(1));
    }

    [TestCase(5, 5)]
    [TestCase(8, 20)]
    [TestCase(20, 20)]
    [TestCase(101, 100)] // beyond the exact distribution
    public void The_interval_covers_the_true_shift_as_often_as_it_says(int m, int n)
    {
        int trials = m > 100 ? 300 : 3000;
        var random = new SplitMix64(m + n);
        int hits = 0;
        double claimed = 0;
        for (int trial = 0; trial < trials; trial++)
        {
            double[] from = [.. Enumerable.Range(0, m).Select(_ => Exponential(random))];
            double[] to = [.. Enumerable.Range(0, n).Select(_ => Exponential(random) + 0.7)];
            Interval interval = UnpairedShift.Of(from, to, 0.95).Interval;
            claimed = interval.Coverage;
            hits += interval.Low <= 0.7 && 0.7 <= interval.High ? 1 : 0;
        }

        Assert.That(hits / (double)trials, Is.EqualTo(claimed).Within(4 * Math.Sqrt(0.05 * 0.95 / trials)));
    }

    [Test]
    public void No_values_are_refused()
    {
        Assert.That(() => UnpairedShift.Of([], [1]), Throws.ArgumentException);
        Assert.That(() => UnpairedShift.Of([1], []), Throws.ArgumentException);
    }

    private static double Exponential(SplitMix64 random) => -Math.Log(1 - random.NextDouble());

    private static int Critical(int m, int n, double alpha)
    {
        double tail = 0;
        return RankSumDistribution.Of(m, n).TakeWhile(p => (tail += p) <= alpha / 2).Count() - 1;
    }
}
