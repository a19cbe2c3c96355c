namespace UniBench.Measure.Statistics;

/// <summary>A straight line through points, by least squares.</summary>
public static class LeastSquares
{
    /// <summary>What each further one of x adds to y.</summary>
    /// <exception cref="ArgumentException">Unequal lengths, or not two different x.</exception>
    public static double Slope(IReadOnlyList<double> x, IReadOnlyList<double> y)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        if (x.Count != y.Count || x.Distinct().Count() < 2)
        {
            throw new ArgumentException($"{x.Count} x and {y.Count} y make no line", nameof(x));
        }

        double middle = x.Average(), level = y.Average();
        return x.Zip(y, (a, b) => (a - middle) * (b - level)).Sum() / x.Sum(a => (a - middle) * (a - middle));
    }
}
