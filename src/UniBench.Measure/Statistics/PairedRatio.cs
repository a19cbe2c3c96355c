namespace UniBench.Measure.Statistics;

/// <summary>How many times the reference's value a case's value is, from rounds in which both were launched.</summary>
/// <param name="N">Pairs.</param>
/// <param name="Value">Hodges-Lehmann estimate over log ratios, taken back to a ratio.</param>
/// <param name="Interval">Its signed-rank interval, as ratios.</param>
public sealed record PairedRatio(int N, double Value, Interval Interval)
{
    /// <summary>Fewest pairs with which the signed-rank interval reaches 99 %: its coverage is 1 - 2^(1-n).</summary>
    public const int LeastRounds = 8;

    /// <summary>The interval excludes 1, at the confidence asked for: the difference is clear, be it large or small.</summary>
    public bool IsClear => Interval.Reached && (Interval.Low > 1 || Interval.High < 1);

    /// <summary>The same comparison seen from the other side.</summary>
    public PairedRatio Inverted() => new(N, 1 / Value, Interval with { Low = 1 / Interval.High, High = 1 / Interval.Low });

    /// <exception cref="ArgumentException">No pair, unequal lengths, or a value that is not positive and finite.</exception>
    public static PairedRatio Of(IReadOnlyList<double> values, IReadOnlyList<double> reference, double confidence = Confidence.Default)
    {
        ArgumentNullException.ThrowIfNull(values);
        ArgumentNullException.ThrowIfNull(reference);
        if (values.Count != reference.Count)
        {
            throw new ArgumentException($"{values.Count} values cannot be paired with {reference.Count}", nameof(reference));
        }

        if (values.Concat(reference).Any(v => !(v > 0 && double.IsFinite(v))))
        {
            throw new ArgumentException("a ratio needs positive, finite values", nameof(values));
        }

        (double log, Interval interval) = HodgesLehmann.Of([.. values.Zip(reference, (v, r) => Math.Log(v) - Math.Log(r))], confidence);
        return new PairedRatio(
            values.Count,
            Math.Exp(log),
            interval with { Low = Math.Exp(interval.Low), High = Math.Exp(interval.High) });
    }
}
