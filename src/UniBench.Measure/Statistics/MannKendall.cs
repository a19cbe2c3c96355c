namespace UniBench.Measure.Statistics;

/// <summary>
/// Trend of a sequence over its index: pairs in rising order minus pairs in falling order, with the exact null
/// distribution (the number of inversions of a random permutation). Mann: Nonparametric Tests Against Trend,
/// Econometrica 13 (1945). Ties count as neither, which makes the test err on the side of silence.
/// </summary>
public static class MannKendall
{
    /// <returns>The statistic S and its two-sided probability without a trend.</returns>
    public static (int S, double PValue) Of(IReadOnlyList<double> sequence)
    {
        ArgumentNullException.ThrowIfNull(sequence);
        int n = sequence.Count;
        int s = 0;
        for (int i = 0; i < n; i++)
        {
            for (int j = i + 1; j < n; j++)
            {
                s += sequence[j].CompareTo(sequence[i]);
            }
        }

        double[] inversions = InversionDistribution(n);
        int pairs = n * (n - 1) / 2;
        int fewest = (pairs - Math.Abs(s)) / 2;
        double tail = inversions.Take(fewest + 1).Sum();
        return (s, Math.Min(1, 2 * tail));
    }

    /// <summary>P(a random permutation of n has i inversions), i = 0..n(n-1)/2.</summary>
    private static double[] InversionDistribution(int n)
    {
        double[] probability = [1];
        for (int size = 2; size <= n; size++)
        {
            var next = new double[probability.Length + size - 1];
            for (int i = 0; i < probability.Length; i++)
            {
                for (int added = 0; added < size; added++)
                {
                    next[i + added] += probability[i] / size;
                }
            }

            probability = next;
        }

        return probability;
    }
}
