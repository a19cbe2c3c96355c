namespace UniBench.Measure.Statistics;

/// <summary>
/// Centre of a symmetric distribution: the median of the Walsh averages (d_i + d_j) / 2, i &lt;= j, with the interval
/// that inverts the exact signed-rank test: [W(k), W(M+1-k)] covers with probability 1 - 2 P(T &lt; k).
/// Hodges, Lehmann: Estimates of Location Based on Rank Tests, Ann. Math. Stat. 34 (1963).
/// Ties and zero differences make it cover more, never less.
/// </summary>
public static class HodgesLehmann
{
    /// <exception cref="ArgumentException">There is no value.</exception>
    public static (double Estimate, Interval Interval) Of(IReadOnlyList<double> differences, double confidence = Confidence.Default)
    {
        ArgumentNullException.ThrowIfNull(differences);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(confidence, 0);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(confidence, 1);
        double[] walsh = WalshAverages(differences);
        double[] probability = SignedRankDistribution.Of(differences.Count);
        double tail = probability[0];
        int k = 1;
        while (2 * (k + 1) <= walsh.Length && 1 - (2 * (tail + probability[k])) >= confidence)
        {
            tail += probability[k];
            k++;
        }

        double coverage = 1 - (2 * tail);
        var interval = new Interval(walsh[k - 1], walsh[^k], coverage, coverage >= confidence);
        return (Median.OfSorted(walsh), interval);
    }

    private static double[] WalshAverages(IReadOnlyList<double> values)
    {
        if (values.Count == 0)
        {
            throw new ArgumentException("the centre of no values is undefined", nameof(values));
        }

        var averages = new double[values.Count * (values.Count + 1) / 2];
        int next = 0;
        for (int i = 0; i < values.Count; i++)
        {
            for (int j = i; j < values.Count; j++)
            {
                averages[next++] = (values[i] / 2) + (values[j] / 2);
            }
        }

        Array.Sort(averages);
        return averages;
    }
}
