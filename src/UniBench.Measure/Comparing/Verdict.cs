using UniBench.Measure.Statistics;

namespace UniBench.Measure.Comparing;

/// <summary>
/// A comparison in two parts: is there a difference at all (<see cref="IsClear"/>), and is it beyond the threshold
/// (<see cref="Outcome"/>)? The whole interval has to lie on one side of the threshold, so that chance alone says
/// neither "worse" nor "same".
/// </summary>
/// <param name="Outcome">Named for the metric's direction: a throughput that falls is <see cref="Outcome.Worse"/>.</param>
/// <param name="Ratio">The value as a multiple of what it is compared with.</param>
/// <param name="Interval">Of the ratio.</param>
/// <param name="Threshold">As a part of the value: 0.05 is five percent, up or (divided) down.</param>
/// <param name="MoreRounds">About so many more rounds would decide; null when it is decided, or when no sane number would.</param>
public sealed record Verdict(Outcome Outcome, double Ratio, Interval Interval, double Threshold, int? MoreRounds)
{
    /// <summary>The interval excludes 1: there is a difference, be it large or small.</summary>
    public bool IsClear => Interval.Reached && (Interval.Low > 1 || Interval.High < 1);

    /// <param name="n">Rounds on the side that has fewer.</param>
    /// <param name="leastRounds">Rounds without which the interval's confidence cannot be reached.</param>
    /// <exception cref="ArgumentOutOfRangeException">The threshold is negative or not finite.</exception>
    public static Verdict Of(double ratio, Interval interval, Better better, double threshold, int n, int leastRounds)
    {
        if (!(threshold >= 0 && double.IsFinite(threshold)))
        {
            throw new ArgumentOutOfRangeException(nameof(threshold), threshold, "a threshold is a part of a value, zero or more");
        }

        double beyond = 1 + threshold;
        if (!interval.Reached)
        {
            return new Verdict(Outcome.Inconclusive, ratio, interval, threshold, Math.Max(1, leastRounds - n));
        }

        Outcome outcome = interval.Low > beyond ? (better == Better.Lower ? Outcome.Worse : Outcome.Better)
            : interval.High < 1 / beyond ? (better == Better.Lower ? Outcome.Better : Outcome.Worse)
            : interval.Low >= 1 / beyond && interval.High <= beyond ? Outcome.Same
            : Outcome.Inconclusive;
        // The bound that the estimate is nearer to is the one to be told from.
        int? more = outcome == Outcome.Inconclusive
            ? RoundsNeeded.More(Math.Abs(Math.Log(ratio)), Math.Log(interval.Low), Math.Log(interval.High), Math.Log(beyond), n)
            : null;
        return new Verdict(outcome, ratio, interval, threshold, more);
    }
}
