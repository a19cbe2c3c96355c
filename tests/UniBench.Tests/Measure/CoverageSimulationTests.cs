using NUnit.Framework;
using UniBench.Measure;
using UniBench.Measure.Statistics;

namespace UniBench.Tests.Measure;

/// <summary>Seeded simulations: intervals must contain the truth about as often as they claim.</summary>
[Slow]
public sealed class CoverageSimulationTests
{
    private const int Trials = 4000;

    [TestCase(6)]
    [TestCase(10)]
    [TestCase(20)]
    public void The_ratio_interval_covers_the_true_ratio_as_often_as_it_says(int n)
    {
        var random = new SplitMix64(n);
        int hits = 0;
        double claimed = 0;
        for (int trial = 0; trial < Trials; trial++)
        {
            // Both sides share the block's disturbance, which pairing removes.
            double[] common = [.. Enumerable.Range(0, n).Select(_ => Math.Exp(Normal(random) * 0.5))];
            double[] reference = [.. common.Select(c => 10 * c * Math.Exp(Normal(random) * 0.05))];
            double[] values = [.. common.Select(c => 3 * c * Math.Exp(Normal(random) * 0.05))];
            Interval interval = RatioEstimate.Paired(values, reference).Interval;
            claimed = interval.Coverage;
            hits += interval.Low <= 0.3 && 0.3 <= interval.High ? 1 : 0;
        }

        Assert.That(hits / (double)Trials, Is.EqualTo(claimed).Within(FourSigma(claimed)));
    }

    [TestCase(5)]
    [TestCase(10)]
    [TestCase(21)]
    public void The_median_interval_covers_the_true_median_of_a_skewed_distribution_as_often_as_it_says(int n)
    {
        var random = new SplitMix64(n);
        int hits = 0;
        double claimed = 0;
        for (int trial = 0; trial < Trials; trial++)
        {
            Interval interval = MedianInterval.Of([.. Enumerable.Range(0, n).Select(_ => Math.Exp(Normal(random)))]);
            claimed = interval.Coverage;
            hits += interval.Low <= 1 && 1 <= interval.High ? 1 : 0;
        }

        Assert.That(hits / (double)Trials, Is.EqualTo(claimed).Within(FourSigma(claimed)));
    }

    [TestCase(0.02)]
    [TestCase(0.05)]
    public void Stopping_when_the_interval_is_narrow_enough_keeps_its_coverage(double precision)
    {
        var random = new SplitMix64(17);
        int hits = 0;
        const int Runs = 800;
        for (int run = 0; run < Runs; run++)
        {
            List<double> values = [], reference = [];
            RatioEstimate ratio;
            do
            {
                reference.Add(Math.Exp(Normal(random) * 0.05));
                values.Add(3 * Math.Exp(Normal(random) * 0.05));
                ratio = RatioEstimate.Paired(values, reference);
            }
            while (!ratio.Interval.Reached || Math.Sqrt(ratio.Interval.High / ratio.Interval.Low) - 1 > precision);

            hits += ratio.Interval.Low <= 3 && 3 <= ratio.Interval.High ? 1 : 0;
        }

        // 99 % is asked for; stopping early by chance may cost a little of it, not more than one point.
        Assert.That(hits / (double)Runs, Is.GreaterThan(0.98 - (3 * Math.Sqrt(0.98 * 0.02 / Runs))));
    }

    [Test]
    public void Ordinary_noise_is_rarely_called_bimodal_or_drifting()
    {
        var random = new SplitMix64(99);
        int bimodal = 0;
        int drifting = 0;
        for (int trial = 0; trial < Trials; trial++)
        {
            double[] values = [.. Enumerable.Range(0, 20).Select(_ => Math.Exp(Normal(random) * 0.3))];
            bimodal += TwoGroups.Of(values) is null ? 0 : 1;
            drifting += MannKendall.Of(values).PValue <= 0.001 ? 1 : 0;
        }

        Assert.That(bimodal, Is.LessThanOrEqualTo(Trials / 200));
        Assert.That(drifting, Is.LessThanOrEqualTo(Trials / 400));
    }

    private static double FourSigma(double p) => 4 * Math.Sqrt(p * (1 - p) / Trials);

    internal static double Normal(SplitMix64 random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
