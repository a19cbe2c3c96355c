using UniBench.Measure.Statistics;

namespace UniBench.Measure.Comparing;

/// <summary>
/// The smallest threshold with which a run that differs in nothing is called the same, at least 19 times in 20 (simulated in the tests): the interval that comparing the base run
/// with itself has, and so much again as chance moves it.
/// </summary>
public static class Resolution
{
    /// <summary>In standard errors: half an interval at <see cref="Confidence.Equivalence"/>, and how far estimates stray; 3, not 2, because the noise is itself an estimate.</summary>
    private const double Interval = 1.645, Estimates = 3;

    /// <param name="logs">Logarithms of the rounds that show the noise.</param>
    /// <param name="before">Rounds of the base run.</param>
    /// <param name="after">Rounds of the judged run.</param>
    /// <returns>A part: 0.05 is five percent. Null when there are too few rounds for an interval.</returns>
    public static double? Of(IReadOnlyList<double> logs, int before, int after)
    {
        ArgumentNullException.ThrowIfNull(logs);
        ArgumentOutOfRangeException.ThrowIfLessThan(before, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(after, 1);
        if (logs.Count < LeastRounds.Unpaired(Confidence.Default))
        {
            return null;
        }

        (_, Interval own) = UnpairedShift.Of(logs, logs, Confidence.Equivalence);
        double half = (own.High - own.Low) / 2 * Math.Sqrt(((1.0 / before) + (1.0 / after)) * logs.Count / 2);
        return Math.Exp(half * (1 + (Estimates / Interval))) - 1;
    }
}
