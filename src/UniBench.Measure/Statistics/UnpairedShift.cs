namespace UniBench.Measure.Statistics;

/// <summary>
/// How far one sample lies above another that it is not paired with: the median of all differences y_j - x_i, with the
/// interval that inverts the Mann-Whitney test: [D(k), D(mn+1-k)] covers with probability 1 - 2 P(U &lt; k).
/// Hodges, Lehmann: Estimates of Location Based on Rank Tests, Ann. Math. Stat. 34 (1963); Hollander, Wolfe, Chicken:
/// Nonparametric Statistical Methods, 3rd ed., section 4.3. Ties make it cover more, never less.
/// </summary>
public static class UnpairedShift
{
    /// <exception cref="ArgumentException">A side has no value.</exception>
    public static (double Estimate, Interval Interval) Of(IReadOnlyList<double> from, IReadOnlyList<double> to, double confidence = Confidence.Default)
    {
        ArgumentNullException.ThrowIfNull(from);
        ArgumentNullException.ThrowIfNull(to);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(confidence, 0);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(confidence, 1);
        if (from.Count == 0 || to.Count == 0)
        {
            throw new ArgumentException("the shift between no values is undefined", from.Count == 0 ? nameof(from) : nameof(to));
        }

        double[] differences = new double[from.Count * to.Count];
        for (int i = 0, next = 0; i < from.Count; i++)
        {
            for (int j = 0; j < to.Count; j++)
            {
                differences[next++] = to[j] - from[i];
            }
        }

        Array.Sort(differences);
        (int k, double coverage) = from.Count * (long)to.Count <= RankSumDistribution.MostPairs
            ? Exact(from.Count, to.Count, confidence)
            : Approximate(from.Count, to.Count, confidence);
        return (Median.OfSorted(differences), new Interval(differences[k - 1], differences[^k], coverage, coverage >= confidence));
    }

    private static (int K, double Coverage) Exact(int m, int n, double confidence)
    {
        IReadOnlyList<double> probability = RankSumDistribution.Of(m, n);
        double tail = probability[0];
        int k = 1;
        while (2 * (k + 1) <= m * n && 1 - (2 * (tail + probability[k])) >= confidence)
        {
            tail += probability[k];
            k++;
        }

        return (k, 1 - (2 * tail));
    }

    /// <summary>P(U &lt; k) = P(U &lt;= k - 1) by the normal distribution with continuity correction.</summary>
    private static (int K, double Coverage) Approximate(int m, int n, double confidence)
    {
        double pairs = (double)m * n;
        double deviation = Math.Sqrt(pairs * (m + n + 1) / 12);
        double quantile = new Perfolizer.Mathematics.Distributions.ContinuousDistributions.NormalDistribution(0, 1).Quantile((1 - confidence) / 2);
        int k = Math.Max(1, (int)Math.Floor((pairs / 2) + (quantile * deviation) + 0.5));
        return (k, confidence);
    }
}
