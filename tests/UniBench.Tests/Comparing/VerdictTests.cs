using NUnit.Framework;
using UniBench.Measure;
using UniBench.Measure.Comparing;
using UniBench.Measure.Statistics;

namespace UniBench.Tests.Comparing;

public sealed class VerdictTests
{
    [TestCase(1.06, 1.20, Better.Lower, Outcome.Worse)]
    [TestCase(1.06, 1.20, Better.Higher, Outcome.Better)]
    [TestCase(0.80, 0.95, Better.Lower, Outcome.Better)]
    [TestCase(0.80, 0.95, Better.Higher, Outcome.Worse)]
    [TestCase(0.96, 1.04, Better.Lower, Outcome.Same)]
    [TestCase(1.01, 1.04, Better.Lower, Outcome.Same)] // clear, and within the threshold
    [TestCase(1.00, 1.00, Better.Higher, Outcome.Same)]
    [TestCase(1.04, 1.20, Better.Lower, Outcome.Inconclusive)]
    [TestCase(0.80, 1.20, Better.Lower, Outcome.Inconclusive)]
    public void The_whole_interval_has_to_be_on_one_side_of_the_threshold(double low, double high, Better better, Outcome expected)
    {
        Verdict verdict = Of(low, high, better);
        Assert.That(verdict.Outcome, Is.EqualTo(expected));
        Assert.That(verdict.MoreRounds.HasValue, Is.False.Or.EqualTo(expected == Outcome.Inconclusive));
    }

    [Test]
    public void The_threshold_is_as_far_down_as_up()
    {
        Assert.That(Of(1 / 1.05 * 1.0001, 1, Better.Lower).Outcome, Is.EqualTo(Outcome.Same));
        Assert.That(Of(1 / 1.05 * 0.9, 1 / 1.05 * 0.9999, Better.Lower).Outcome, Is.EqualTo(Outcome.Better));
    }

    [Test]
    public void A_difference_within_the_threshold_is_clear_and_still_the_same()
    {
        Verdict verdict = Of(1.01, 1.03, Better.Lower);
        Assert.That(verdict.Estimate.IsClear, Is.True);
        Assert.That(verdict.Outcome, Is.EqualTo(Outcome.Same));
    }

    [Test]
    public void Too_few_rounds_are_inconclusive_whatever_the_interval()
    {
        var interval = new Interval(2, 3, 0.9, Reached: false);
        Verdict verdict = Verdict.Of(new RatioEstimate(3, 2.5, interval, interval, LeastRounds: 5), Better.Lower, 0.05);
        Assert.That(verdict.Outcome, Is.EqualTo(Outcome.Inconclusive));
        Assert.That(verdict.MoreRounds, Is.EqualTo(2));
        Assert.That(verdict.Estimate.IsClear, Is.False);
    }

    [Test]
    public void Four_times_the_rounds_halve_the_interval()
    {
        // The estimate lies 0.05 below the bound and the interval reaches 0.1 to both sides: 4 n are needed, so 3 n more.
        Assert.That(RoundsNeeded.More(estimate: 0, low: -0.1, high: 0.1, bound: 0.05, n: 20), Is.EqualTo(60));
    }

    [Test]
    public void An_estimate_on_the_threshold_is_not_promised_a_number_of_rounds()
    {
        Assert.That(RoundsNeeded.More(estimate: 0.05, low: -0.1, high: 0.2, bound: 0.05, n: 20), Is.Null);
    }

    [TestCase(-0.01)]
    [TestCase(double.NaN)]
    [TestCase(double.PositiveInfinity)]
    public void A_threshold_that_is_none_is_refused(double threshold)
    {
        Assert.That(() => Verdict.Of(Estimate(1, 1, 1, 1), Better.Lower, threshold), Throws.InstanceOf<ArgumentOutOfRangeException>());
    }

    [TestCase(0.94, 1.06, 0.96, 1.04, Outcome.Same)] // the equivalence interval decides that
    [TestCase(0.94, 1.06, 0.96, 1.0501, Outcome.Inconclusive)]
    [TestCase(1.04, 1.20, 1.06, 1.18, Outcome.Inconclusive)] // and not what is worse
    public void Being_the_same_is_asked_of_a_narrower_interval_than_being_worse(double low, double high, double narrowLow, double narrowHigh, Outcome expected)
    {
        Assert.That(Verdict.Of(Estimate(low, high, narrowLow, narrowHigh), Better.Lower, 0.05).Outcome, Is.EqualTo(expected));
    }

    [TestCase(0.96, 1.10, Outcome.Indistinct)]
    [TestCase(0.96, 1.04, Outcome.Same)]
    [TestCase(1.06, 1.12, Outcome.Worse)]
    [TestCase(0.80, 1.20, Outcome.Inconclusive)]
    public void Between_the_same_and_what_can_be_told_nothing_is_called_the_same(double low, double high, Outcome expected)
    {
        Assert.That(Verdict.Of(Estimate(low, high, low, high), Better.Lower, 0.05, same: 0.05, told: 0.136).Outcome, Is.EqualTo(expected));
    }

    /// <summary>Paired columns of one run: any clear difference counts, and the same needs a bound of its own.</summary>
    [TestCase(1.001, 1.02, Outcome.Worse)]
    [TestCase(0.99, 1.02, Outcome.Same)]
    [TestCase(0.99, 1.03, Outcome.Inconclusive)]
    public void A_threshold_of_zero_and_a_bound_for_the_same(double low, double high, Outcome expected)
    {
        Assert.That(Verdict.Of(Estimate(low, high, low, high), Better.Lower, 0, same: 0.025).Outcome, Is.EqualTo(expected));
    }

    [Test]
    public void The_farther_end_says_how_small_the_difference_is()
    {
        Assert.That(Verdict.Of(Estimate(0.9, 1.1, 0.9615, 1.02), Better.Lower, 0.05).Within, Is.EqualTo(0.04).Within(0.0001));
    }

    private static Verdict Of(double low, double high, Better better) => Verdict.Of(Estimate(low, high, low, high), better, 0.05);

    private static RatioEstimate Estimate(double low, double high, double narrowLow, double narrowHigh) =>
        new(20, Math.Sqrt(low * high), new Interval(low, high, 0.991, true), new Interval(narrowLow, narrowHigh, 0.901, true), LeastRounds: 5);
}
