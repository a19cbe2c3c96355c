using Perfolizer.Mathematics.Cpd;
using UniBench.Measure.Statistics;

namespace UniBench.Measure.History;

/// <summary>
/// Steps in a series of runs. ED-PELT proposes (Haynes, Fearnhead, Eckley: A Computationally Efficient Nonparametric Approach
/// for Changepoint Detection, Stat. Comput. 27 (2017)); on plain noise it proposes something in a quarter of all series,
/// so a step counts only where the unpaired interval between the levels on both sides excludes "no change".
/// </summary>
public static class ChangePoints
{
    /// <summary>A level has at least so many runs: a single bad night is not a step.</summary>
    public const int ShortestLevel = 3;

    /// <summary>Divided by the number of runs, since the place of a step was chosen among them for its difference.</summary>
    private const double FalseAlarms = 0.01;

    /// <param name="values">One number a run, oldest first.</param>
    /// <returns>Confirmed steps, oldest first; none when a value is not positive.</returns>
    public static IReadOnlyList<LevelChange> Of(IReadOnlyList<double> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (values.Count < 2 * ShortestLevel || values.Any(v => !(v > 0)))
        {
            return [];
        }

        double[] logs = [.. values.Select(v => Math.Log(v))];
        List<int> ends = [.. EdPeltChangePointDetector.Instance.GetChangePointIndexes(logs, ShortestLevel).Select(i => i + 1), values.Count];
        List<LevelChange> changes = [];
        int start = 0;
        for (int i = 0; i + 1 < ends.Count; i++)
        {
            // An unconfirmed proposal joins its two sides, so the next one is compared with both.
            (double shift, Interval interval) = UnpairedShift.Of(logs[start..ends[i]], logs[ends[i]..ends[i + 1]], 1 - (FalseAlarms / values.Count));
            if (interval.Reached && (interval.Low > 0 || interval.High < 0))
            {
                changes.Add(new LevelChange(ends[i], Math.Exp(shift), interval with { Low = Math.Exp(interval.Low), High = Math.Exp(interval.High) }));
                start = ends[i];
            }
        }

        return changes;
    }
}
