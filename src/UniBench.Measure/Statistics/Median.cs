namespace UniBench.Measure.Statistics;

/// <summary>The sample median: the middle value, or the mean of the two middle values.</summary>
public static class Median
{
    /// <exception cref="ArgumentException">There is no value.</exception>
    public static double Of(IReadOnlyList<double> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        double[] sorted = [.. values.Order()];
        return OfSorted(sorted);
    }

    internal static double OfSorted(double[] sorted)
    {
        if (sorted.Length == 0)
        {
            throw new ArgumentException("the median of no values is undefined", nameof(sorted));
        }

        int middle = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[middle] : sorted[middle - 1] + ((sorted[middle] - sorted[middle - 1]) / 2);
    }
}
