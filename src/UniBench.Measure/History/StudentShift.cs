using Perfolizer.Mathematics.Distributions.ContinuousDistributions;
using UniBench.Measure.Statistics;

namespace UniBench.Measure.History;

/// <summary>How far the mean of one sample lies above that of another, by Student's test with a pooled variance: it can tell three values from many, which ranks cannot.</summary>
/// <param name="P">How often chance alone differs so much, in either direction.</param>
internal readonly record struct StudentShift(double Estimate, double Error, int Freedom, double P)
{
    /// <exception cref="ArgumentException">Fewer than three values.</exception>
    public static StudentShift Of(IReadOnlyList<double> from, IReadOnlyList<double> to)
    {
        int freedom = from.Count + to.Count - 2;
        if (freedom < 1 || from.Count == 0 || to.Count == 0)
        {
            throw new ArgumentException($"{from.Count} and {to.Count} values have no spread to compare with", nameof(to));
        }

        (double a, double b) = (from.Average(), to.Average());
        double spread = from.Sum(v => (v - a) * (v - a)) + to.Sum(v => (v - b) * (v - b));
        double error = Math.Sqrt(spread / freedom * ((1.0 / from.Count) + (1.0 / to.Count)));
        double p = error > 0 ? 2 * (1 - new StudentDistribution(freedom).Cdf(Math.Abs(b - a) / error)) : a == b ? 1 : 0;
        return new StudentShift(b - a, error, freedom, p);
    }

    public Interval Interval(double confidence)
    {
        double half = Error * new StudentDistribution(Freedom).Quantile(1 - ((1 - confidence) / 2));
        return new Interval(Estimate - half, Estimate + half, confidence, true);
    }
}
