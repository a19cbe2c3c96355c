using UniBench.Measure.Comparing;
using UniBench.Measure.Statistics;

namespace UniBench.Measure;

/// <summary>
/// A/A check: a backend compared with itself. Two labels take turns in shuffled blocks, so whatever differs between them is chance;
/// how often an interval nevertheless calls a difference is the rate of false alarms.
/// </summary>
/// <param name="Comparisons">Made.</param>
/// <param name="Clear">Intervals that excluded 1.</param>
/// <param name="Beyond">Verdicts better or worse, so beyond the threshold as well.</param>
/// <param name="Confidence">Of the intervals.</param>
/// <param name="Spread">Largest factor, up or down, that an estimate of the ratio was away from 1.</param>
public sealed record SelfComparison(int Comparisons, int Clear, int Beyond, double Confidence, double Spread)
{
    /// <summary>Rounds in one comparison.</summary>
    public const int Group = 20;

    /// <summary>What a comparison may call a difference by chance, as a part.</summary>
    public double Allowed => 1 - Confidence;

    /// <summary>
    /// Verdicts call a difference no more often than allowed (one of a few comparisons may), and bare intervals not certainly more
    /// often (1 in 1000 by chance).
    /// </summary>
    public bool IsTrustworthy => Beyond <= Math.Max(1, Allowed * Comparisons) && ProbabilityOf(Clear) > 0.001;

    /// <param name="pairs">Values of both labels by metric, one pair a round.</param>
    /// <param name="threshold">A part: 0.05 is five percent.</param>
    public static SelfComparison Of(IEnumerable<(Better Better, IReadOnlyList<double> A, IReadOnlyList<double> B)> pairs, double threshold, double confidence)
    {
        ArgumentNullException.ThrowIfNull(pairs);
        int comparisons = 0, clear = 0, beyond = 0;
        double spread = 1;
        foreach ((Better better, IReadOnlyList<double> a, IReadOnlyList<double> b) in pairs)
        {
            for (int from = 0; from + Group <= a.Count; from += Group)
            {
                RatioEstimate ratio = RatioEstimate.Paired([.. b.Skip(from).Take(Group)], [.. a.Skip(from).Take(Group)], confidence);
                Verdict verdict = Verdict.Of(ratio, better, threshold);
                comparisons++;
                clear += ratio.IsClear ? 1 : 0;
                beyond += verdict.Outcome is Outcome.Better or Outcome.Worse ? 1 : 0;
                spread = Math.Max(spread, Math.Max(ratio.Value, 1 / ratio.Value));
            }
        }

        return new SelfComparison(comparisons, clear, beyond, confidence, spread);
    }

    /// <summary>P(so many or more of the comparisons) where each has the allowed probability.</summary>
    private double ProbabilityOf(int atLeast)
    {
        double below = 0, term = Math.Pow(1 - Allowed, Comparisons);
        for (int k = 0; k < atLeast; k++)
        {
            below += term;
            term *= (Comparisons - k) / (double)(k + 1) * Allowed / (1 - Allowed);
        }

        return 1 - below;
    }
}
