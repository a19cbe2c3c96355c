namespace UniBench.Measure.Comparing;

/// <summary>From where on a difference counts, as a part of the value: 0.05 is five percent.</summary>
/// <param name="Least">For every metric.</param>
/// <param name="IsAutomatic">For a metric whose rounds cannot tell so little apart, what they can tell: its <see cref="Resolution"/>.</param>
public readonly record struct Threshold(double Least, bool IsAutomatic = false)
{
    /// <summary>An automatic threshold goes no further: what may differ by half is not called the same.</summary>
    public const double MostAutomatic = 0.5;

    /// <param name="resolution">Of the metric; null when too few rounds say nothing.</param>
    public double For(double? resolution) => IsAutomatic ? Math.Max(Least, Math.Min(MostAutomatic, resolution ?? 0)) : Least;
}
