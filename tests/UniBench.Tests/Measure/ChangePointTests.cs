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
        var random = new SplitMix64(4);
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

    [TestCase(20)]
    [TestCase(60)]
    public void Noise_alone_is_rarely_called_a_step(int n)
    {
        const int Trials = 400;
        var random = new SplitMix64(n);
        int alarms = Enumerable.Range(0, Trials).Count(_ => ChangePoints.Of([.. Enumerable.Range(0, n).Select(_ => Math.Exp(0.05 * Normal(random)))]).Count > 0);
        Assert.That(alarms, Is.LessThanOrEqualTo(Trials / 20));
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
