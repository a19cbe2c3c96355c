namespace UniBench.Measure.Statistics;

/// <summary>
/// Exact null distribution of Wilcoxon's signed-rank statistic: the sum of a random subset of the ranks 1..n,
/// built up one rank at a time. Hollander, Wolfe, Chicken: Nonparametric Statistical Methods, 3rd ed., section 3.1.
/// </summary>
public static class SignedRankDistribution
{
    /// <summary>P(T = t) for t = 0..n(n+1)/2.</summary>
    public static double[] Of(int n)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(n);
        var probability = new double[(n * (n + 1) / 2) + 1];
        probability[0] = 1;
        int largest = 0;
        for (int rank = 1; rank <= n; rank++)
        {
            largest += rank;
            for (int t = largest; t >= 0; t--)
            {
                double with = t >= rank ? probability[t - rank] : 0;
                probability[t] = (probability[t] + with) / 2;
            }
        }

        return probability;
    }
}
