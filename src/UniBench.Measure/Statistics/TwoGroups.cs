namespace UniBench.Measure.Statistics;

/// <summary>
/// Whether a sample falls into two groups: after sorting, the widest gap is wider than either group is long and
/// at least <see cref="SmallestGap"/> wide as a ratio, with two values or more on each side. Deliberately blunt: it
/// must see a program that lands on one CPU or on two by chance, and stay silent on ordinary noise.
/// </summary>
public static class TwoGroups
{
    public const double SmallestGap = 1.2;

    /// <summary>Below this even noise falls into two groups often.</summary>
    public const int SmallestSample = 6;

    /// <returns>The two groups' medians, or null for one group, too few values or values that are not positive.</returns>
    public static (double Lower, double Upper)? Of(IReadOnlyList<double> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        double[] sorted = [.. values.Order()];
        if (sorted.Length < SmallestSample || sorted[0] <= 0)
        {
            return null;
        }

        int split = Enumerable.Range(2, sorted.Length - 3).MaxBy(i => sorted[i] / sorted[i - 1]);
        double gap = sorted[split] / sorted[split - 1];
        double lower = sorted[split - 1] / sorted[0];
        double upper = sorted[^1] / sorted[split];
        return gap >= SmallestGap && gap > lower && gap > upper
            ? (Median.Of(sorted[..split]), Median.Of(sorted[split..]))
            : null;
    }
}
