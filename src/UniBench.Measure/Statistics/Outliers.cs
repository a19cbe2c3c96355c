using Perfolizer.Mathematics.OutlierDetection;

namespace UniBench.Measure.Statistics;

/// <summary>
/// Values beyond three scaled deviations, the deviation taken on each side of the median alone, so that a skewed
/// sample is not all outliers. They are named, never dropped. Rosenmai: Using the Median Absolute Deviation to Find
/// Outliers (2013), as Perfolizer's double MAD detector with the Harrell-Davis median.
/// </summary>
public static class Outliers
{
    /// <summary>Fewer values say nothing about what is usual.</summary>
    public const int SmallestSample = 8;

    public static IReadOnlyList<double> Of(IReadOnlyList<double> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (values.Count < SmallestSample || MedianAbsoluteDeviation.Of(values) == 0)
        {
            return [];
        }

        DoubleMadOutlierDetector detector = DoubleMadOutlierDetector.Create([.. values]);
        return [.. values.Where(detector.IsOutlier)];
    }
}
