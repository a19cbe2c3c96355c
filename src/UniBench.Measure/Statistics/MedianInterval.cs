namespace UniBench.Measure.Statistics;

/// <summary>
/// Distribution-free interval of the median from order statistics: [x(k), x(n+1-k)] covers it with probability
/// 1 - 2 P(Binomial(n, 1/2) &lt; k). The largest k that keeps the confidence is taken.
/// David, Nagaraja: Order Statistics, 3rd ed., section 7.1.
/// </summary>
public static class MedianInterval
{
    /// <exception cref="ArgumentException">There is no value.</exception>
    public static Interval Of(IReadOnlyList<double> values, double confidence = Confidence.Default)
    {
        ArgumentNullException.ThrowIfNull(values);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(confidence, 0);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(confidence, 1);
        double[] sorted = [.. values.Order()];
        int n = sorted.Length;
        if (n == 0)
        {
            throw new ArgumentException("the median of no values is undefined", nameof(values));
        }

        // term = P(Binomial = k - 1), tail = P(Binomial < k), starting at k = 1.
        double term = Math.Pow(0.5, n);
        double tail = term;
        double coverage = 1 - (2 * tail);
        int k = 1;
        while (2 * (k + 1) <= n)
        {
            term *= (n - k + 1) / (double)k;
            double next = 1 - (2 * (tail + term));
            if (next < confidence)
            {
                break;
            }

            tail += term;
            coverage = next;
            k++;
        }

        return new Interval(sorted[k - 1], sorted[n - k], coverage, coverage >= confidence);
    }
}
