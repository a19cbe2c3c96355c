using NUnit.Framework;
using UniBench.Measure;
using UniBench.Measure.Comparing;
using UniBench.Measure.Statistics;
using static UniBench.Tests.Measure.CoverageSimulationTests;

namespace UniBench.Tests.Comparing;

/// <summary>Thresholds that come from a run's own noise.</summary>
public sealed class ResolutionTests
{
    private const int Trials = 1500;

    [TestCase(20, 20, 0.02)]
    [TestCase(20, 20, 0.3)]
    [TestCase(40, 40, 0.1)]
    [TestCase(40, 20, 0.1)]
    public void An_unchanged_build_is_called_the_same(int before, int after, double noise)
    {
        (double same, double different) = Simulate(before, after, noise, slowdown: 0);
        Assert.That(same, Is.GreaterThan(0.95));
        Assert.That(different, Is.LessThan(0.002));
    }

    [Test]
    public void A_slow_down_of_twice_what_can_be_told_is_told()
    {
        (double same, double different) = Simulate(20, 20, 0.1, slowdown: 2);
        Assert.That(same, Is.LessThan(0.01));
        Assert.That(different, Is.GreaterThan(0.7));
    }

    [Test]
    public void Four_times_the_rounds_tell_half_as_much()
    {
        double few = Resolution.Of(Logs(new SplitMix64(1), 50, 0.1), 50, 50)!.Value;
        double many = Resolution.Of(Logs(new SplitMix64(2), 200, 0.1), 200, 200)!.Value;
        Assert.That(few / many, Is.EqualTo(2).Within(0.4));
    }

    [Test]
    public void Values_that_never_differ_tell_anything()
    {
        Assert.That(Resolution.Of([1, 1, 1, 1, 1], 5, 5), Is.Zero);
    }

    [Test]
    public void Too_few_rounds_tell_nothing()
    {
        Assert.That(Resolution.Of([1, 2, 3, 4], 4, 20), Is.Null);
    }

    [Test]
    public void An_automatic_threshold_is_never_below_the_least_and_never_above_a_half()
    {
        Assert.That(new Threshold(0.05, IsAutomatic: true).For(0.02), Is.EqualTo(0.05));
        Assert.That(new Threshold(0.05, IsAutomatic: true).For(0.2), Is.EqualTo(0.2));
        Assert.That(new Threshold(0.05, IsAutomatic: true).For(3), Is.EqualTo(0.5));
        Assert.That(new Threshold(0.05, IsAutomatic: true).For(null), Is.EqualTo(0.05));
        Assert.That(new Threshold(0.05).For(0.2), Is.EqualTo(0.05));
    }

    private static (double Same, double Different) Simulate(int before, int after, double noise, double slowdown)
    {
        var random = new SplitMix64(before + after);
        int same = 0, different = 0;
        for (int trial = 0; trial < Trials; trial++)
        {
            double[] x = Logs(random, before, noise), y = Logs(random, after, noise);
            double resolution = Resolution.Of(x, before, after)!.Value;
            double shift = slowdown * Math.Log(1 + resolution);
            Outcome outcome = Verdict.Of(RatioEstimate.Unpaired(x, [.. y.Select(v => v + shift)]), Better.Lower, resolution).Outcome;
            same += outcome == Outcome.Same ? 1 : 0;
            different += outcome is Outcome.Worse or Outcome.Better ? 1 : 0;
        }

        return (same / (double)Trials, different / (double)Trials);
    }

    private static double[] Logs(SplitMix64 random, int n, double noise) => [.. Enumerable.Range(0, n).Select(_ => Normal(random) * noise)];
}
