namespace UniBench.Measure.Statistics;

/// <summary>How many times another value a value is, estimated over logarithms and taken back to a ratio.</summary>
/// <param name="N">Pairs, or values of the side that has fewer.</param>
/// <param name="Value">Hodges-Lehmann estimate.</param>
/// <param name="Interval">Its rank interval, as ratios: says whether there is a difference.</param>
/// <param name="Equivalence">A narrower one, at <see cref="Confidence.Equivalence"/>: says whether the difference is small.</param>
/// <param name="LeastRounds">Fewest rounds with which an interval of this kind reaches the confidence asked for.</param>
public sealed record RatioEstimate(int N, double Value, Interval Interval, Interval Equivalence, int LeastRounds)
{
    /// <summary>The interval excludes 1, at the confidence asked for: the difference is clear, be it large or small.</summary>
    public bool IsClear => Interval.Reached && (Interval.Low > 1 || Interval.High < 1);

    /// <summary>The same comparison seen from the other side.</summary>
    public RatioEstimate Inverted() => this with { Value = 1 / Value, Interval = Inverted(Interval), Equivalence = Inverted(Equivalence) };

    /// <summary>From rounds in which both were launched.</summary>
    /// <exception cref="ArgumentException">No pair, unequal lengths, or a value that is not positive and finite.</exception>
    public static RatioEstimate Paired(IReadOnlyList<double> values, IReadOnlyList<double> reference, double confidence = Confidence.Default)
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

        double[] logs = [.. values.Zip(reference, (v, r) => Math.Log(v) - Math.Log(r))];
        (double log, Interval interval) = HodgesLehmann.Of(logs, confidence);
        return new RatioEstimate(logs.Length, Math.Exp(log), Ratios(interval), Ratios(HodgesLehmann.Of(logs, Confidence.Equivalence).Interval), Statistics.LeastRounds.Paired(confidence));
    }

    /// <summary>From rounds of two runs, as logarithms.</summary>
    /// <exception cref="ArgumentException">A side has no value.</exception>
    public static RatioEstimate Unpaired(IReadOnlyList<double> from, IReadOnlyList<double> to, double confidence = Confidence.Default)
    {
        ArgumentNullException.ThrowIfNull(from);
        ArgumentNullException.ThrowIfNull(to);
        (double log, Interval interval) = UnpairedShift.Of(from, to, confidence);
        return new RatioEstimate(
            Math.Min(from.Count, to.Count), Math.Exp(log), Ratios(interval), Ratios(UnpairedShift.Of(from, to, Confidence.Equivalence).Interval), Statistics.LeastRounds.Unpaired(confidence));
    }

    private static Interval Ratios(Interval logs) => logs with { Low = Math.Exp(logs.Low), High = Math.Exp(logs.High) };

    private static Interval Inverted(Interval one) => one with { Low = 1 / one.High, High = 1 / one.Low };
}
