using System.Collections.Concurrent;

namespace UniBench.Measure.Statistics;

/// <summary>
/// Exact null distribution of Mann and Whitney's U for m and n values: the number of pairs in which the one side's
/// value is the larger. p(m, n, u) = m/(m+n) p(m-1, n, u-n) + n/(m+n) p(m, n-1, u).
/// Mann, Whitney: On a Test of Whether One of Two Random Variables Is Stochastically Larger, Ann. Math. Stat. 18 (1947).
/// </summary>
public static class RankSumDistribution
{
    /// <summary>Above this many pairs the exact distribution would take seconds; the normal approximation is then good to four digits.</summary>
    public const int MostPairs = 10_000;

    private static readonly ConcurrentDictionary<(int, int), double[]> Known = new();

    /// <summary>P(U = u) for u = 0..mn.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A negative count, or more pairs than <see cref="MostPairs"/>.</exception>
    public static IReadOnlyList<double> Of(int m, int n)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(m);
        ArgumentOutOfRangeException.ThrowIfNegative(n);
        ArgumentOutOfRangeException.ThrowIfGreaterThan((long)m * n, MostPairs);
        return Known.GetOrAdd((Math.Min(m, n), Math.Max(m, n)), counts => Compute(counts.Item1, counts.Item2));
    }

    private static double[] Compute(int m, int n)
    {
        // row[j] is the distribution for i and j values, i growing; u beyond i * j has no probability.
        double[] certain = [1];
        double[][] row = [.. Enumerable.Repeat(certain, n + 1)];
        for (int i = 1; i <= m; i++)
        {
            double[][] next = new double[n + 1][];
            next[0] = certain;
            for (int j = 1; j <= n; j++)
            {
                next[j] = new double[(i * j) + 1];
                Add(next[j], row[j], shift: j, i / (double)(i + j));
                Add(next[j], next[j - 1], shift: 0, j / (double)(i + j));
            }

            row = next;
        }

        return row[n];
    }

    private static void Add(double[] to, double[] from, int shift, double weight)
    {
        for (int u = 0; u < from.Length; u++)
        {
            to[u + shift] += weight * from[u];
        }
    }
}
