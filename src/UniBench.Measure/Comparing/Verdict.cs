using UniBench.Measure.Statistics;

namespace UniBench.Measure.Comparing;

/// <summary>
/// A comparison in two parts: is there a difference at all (<see cref="RatioEstimate.IsClear"/>), and is it beyond the threshold
/// (<see cref="Outcome"/>)? Chance alone says "worse" or "better" in fewer than 1 of 100 comparisons, and "same" of what lies beyond
/// the threshold in fewer than 5.
/// </summary>
/// <param name="Outcome">Named for the metric's direction: a throughput that falls is <see cref="Outcome.Worse"/>.</param>
/// <param name="Estimate">The value as a multiple of what it is compared with.</param>
/// <param name="Threshold">As a part of the value: 0.05 is five percent, up or (divided) down.</param>
/// <param name="MoreRounds">About so many more rounds would decide; null when it is decided, or when no sane number would.</param>
public sealed record Verdict(Outcome Outcome, RatioEstimate Estimate, double Threshold, int? MoreRounds)
{
    /// <summary>The difference is certainly not larger than this part: the farther end of the equivalence interval.</summary>
    public double Within => Math.Max(Estimate.Equivalence.High, 1 / Estimate.Equivalence.Low) - 1;

    /// <param name="threshold">A difference beyond this counts.</param>
    /// <param name="same">One that is certainly within this is none; null: the threshold.</param>
    /// <param name="told">What these rounds can tell at all: what may be larger than <paramref name="same"/> and is certainly within this is <see cref="Outcome.Indistinct"/>. Null: nobody knows.</param>
    /// <exception cref="ArgumentOutOfRangeException">The threshold is negative or not finite.</exception>
    public static Verdict Of(RatioEstimate estimate, Better better, double threshold, double? same = null, double? told = null)
    {
        ArgumentNullException.ThrowIfNull(estimate);
        if (!(threshold >= 0 && double.IsFinite(threshold)))
        {
            throw new ArgumentOutOfRangeException(nameof(threshold), threshold, "a threshold is a part of a value, zero or more");
        }

        double beyond = 1 + threshold, within = 1 + (same ?? threshold);
        Interval interval = estimate.Interval, equivalence = estimate.Equivalence;
        if (!interval.Reached)
        {
            return new Verdict(Outcome.Inconclusive, estimate, threshold, Math.Max(1, estimate.LeastRounds - estimate.N));
        }

        Outcome outcome = interval.Low > beyond ? (better == Better.Lower ? Outcome.Worse : Outcome.Better)
            : interval.High < 1 / beyond ? (better == Better.Lower ? Outcome.Better : Outcome.Worse)
            : IsWithin(equivalence, within) ? Outcome.Same
            : told is { } least && IsWithin(equivalence, 1 + least) ? Outcome.Indistinct
            : Outcome.Inconclusive;
        // The bound that the estimate is nearer to is the one to be told from.
        double away = Math.Abs(Math.Log(estimate.Value));
        (Interval deciding, double bound) = away < (Math.Log(beyond) + Math.Log(within)) / 2 ? (equivalence, Math.Log(within)) : (interval, Math.Log(beyond));
        int? more = outcome is Outcome.Inconclusive or Outcome.Indistinct
            ? RoundsNeeded.More(away, Math.Log(deciding.Low), Math.Log(deciding.High), bound, estimate.N)
            : null;
        return new Verdict(outcome, estimate, threshold, more);
    }

    private static bool IsWithin(Interval interval, double factor) => interval.Low >= 1 / factor && interval.High <= factor;
}
