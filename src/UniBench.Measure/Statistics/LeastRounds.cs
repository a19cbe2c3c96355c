namespace UniBench.Measure.Statistics;

/// <summary>
/// Fewest rounds with which an interval can have a confidence at all: its widest form, from the smallest value to the largest, misses with
/// 2^(1-n) when it is the median's or that of paired rounds, and with 2 / C(2n, n) when it is that of two samples of n.
/// Hollander, Wolfe, Chicken: Nonparametric Statistical Methods, 3rd ed., sections 3.1 and 4.1.
/// </summary>
public static class LeastRounds
{
    /// <summary>Of <see cref="MedianInterval"/> and <see cref="HodgesLehmann"/>: 8 for 99 %.</summary>
    public static int Paired(double confidence) => Least(confidence, n => Math.Pow(2, 1 - n));

    /// <summary>Of <see cref="UnpairedShift"/>, on each side: 5 for 99 %.</summary>
    public static int Unpaired(double confidence) => Least(confidence, n => 2 / Choose(2 * n, n));

    private static int Least(double confidence, Func<int, double> misses)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(confidence, 0);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(confidence, 1);
        int n = 1;
        while (1 - misses(n) < confidence)
        {
            n++;
        }

        return n;
    }

    private static double Choose(int n, int k)
    {
        double ways = 1;
        for (int i = 1; i <= k; i++)
        {
            ways *= (n - k + i) / (double)i;
        }

        return ways;
    }
}
