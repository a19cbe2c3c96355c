using NUnit.Framework;
using UniBench.Measure;
using UniBench.Measure.History;

namespace UniBench.Tests.Measure;

public sealed class ChangePointTests
{
    [TestCase(1.10)]
    [TestCase(0.90)]
    public void A_step_of_ten_percent_in_two_percent_noise_is_found_where_it_is(double step)
    {
        var random = new SplitMix64(8);
        double[] values = [.. Enumerable.Range(0, 30).Select(i => (i < 20 ? 100 : 100 * step) * (1 + (0.02 * Normal(random))))];
        LevelChange change = ChangePoints.Of(values).Single();
        Assert.That(change.Index, Is.EqualTo(20).Within(1));
        Assert.That(change.Ratio, Is.EqualTo(step).Within(0.02));
        Assert.That(change.Interval.Low, Is.LessThan(step));
        Assert.That(change.Interval.High, Is.GreaterThan(step));
    }

    [Test]
    public void Two_steps_are_two_changes()
    {
        var random = new SplitMix64(5);
        double[] values = [.. Enumerable.Range(0, 45).Select(i => (i < 15 ? 100 : i < 30 ? 130 : 90) * (1 + (0.02 * Normal(random))))];
        Assert.That(ChangePoints.Of(values).Select(c => c.Index), Is.EqualTo(new[] { 15, 30 }));
    }

    [Test]
    public void One_bad_run_is_no_step()
    {
        double[] values = [.. Enumerable.Range(0, 30).Select(i => i == 17 ? 300.0 : 100 + (i % 3))];
        Assert.That(ChangePoints.Of(values), Is.Empty);
    }

    [Test]
    public void A_bad_run_does_not_hide_a_step()
    {
        var random = new SplitMix64(9);
        double[] values = [.. Enumerable.Range(0, 30).Select(i => (i == 9 ? 300 : i < 25 ? 100 : 112) * (1 + (0.02 * Normal(random))))];
        Assert.That(ChangePoints.Of(values).Select(c => c.Index), Is.EqualTo(new[] { 25 }));
    }

    /// <summary>Ranks of three against thirty cannot be so sure: with them the alarm came a night later.</summary>
    [TestCase(0.10, 3, 0.8)]
    [TestCase(0.10, 5, 0.9)]
    [TestCase(0.05, 10, 0.5)]
    public void A_step_is_seen_soon(double step, int runsAfterIt, double seenAtLeast)
    {
        const int Trials = 200;
        var random = new SplitMix64(runsAfterIt);
        int seen = Enumerable.Range(0, Trials).Count(_ => ChangePoints
            .Of([.. Enumerable.Range(0, 30 + runsAfterIt).Select(i => Math.Exp((0.03 * Normal(random)) + (i >= 30 ? step : 0)))])
            .Any(c => Math.Abs(c.Index - 30) <= 1));
        Assert.That(seen / (double)Trials, Is.GreaterThan(seenAtLeast));
    }

    [Test]
    public void A_step_and_its_way_back_are_both_found()
    {
        var random = new SplitMix64(7);
        double[] values = [.. Enumerable.Range(0, 46).Select(i => (i is >= 20 and < 26 ? 108 : 100) * (1 + (0.02 * Normal(random))))];
        Assert.That(ChangePoints.Of(values).Select(c => c.Index), Is.EqualTo(new[] { 20, 26 }));
    }

    /// <summary>A CI looks every night: what counts is whether a series ever alarms.</summary>
    [Test]
    public void A_series_that_does_not_change_seldom_alarms_on_any_of_60_nights()
    {
        const int Trials = 100;
        var random = new SplitMix64(60);
        int ever = Enumerable.Range(0, Trials).Count(_ =>
        {
            double[] values = [.. Enumerable.Range(0, 60).Select(_ => Math.Exp(0.03 * Normal(random)))];
            return Enumerable.Range(6, 55).Any(nights => ChangePoints.Of(values[..nights]).Count > 0);
        });
        TestContext.Out.WriteLine($"{ever} of {Trials} series ever");
        Assert.That(ever, Is.LessThanOrEqualTo(15));
    }

    [TestCase(20)]
    [TestCase(60)]
    public void Noise_alone_is_rarely_called_a_step(int n)
    {
        const int Trials = 400;
        var random = new SplitMix64(n);
        int alarms = Enumerable.Range(0, Trials).Count(_ => ChangePoints.Of([.. Enumerable.Range(0, n).Select(_ => Math.Exp(0.05 * Normal(random)))]).Count > 0);
        Assert.That(alarms, Is.LessThanOrEqualTo(Trials / 40));
    }

    [Test]
    public void A_short_series_or_one_with_zeros_has_no_step()
    {
        Assert.That(ChangePoints.Of([1, 1, 1, 9, 9]), Is.Empty);
        Assert.That(ChangePoints.Of([0, 0, 0, 0, 5, 5, 5, 5, 5, 5]), Is.Empty);
        Assert.That(ChangePoints.Of([]), Is.Empty);
    }

    private static double Normal(SplitMix64 random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
