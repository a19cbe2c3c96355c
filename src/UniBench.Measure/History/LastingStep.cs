namespace UniBench.Measure.History;

/// <summary>A series that is on another level than the one that was last accepted.</summary>
/// <param name="Since">The first step after it.</param>
/// <param name="Ratio">Today's level as a multiple of that one: of steps there and back nothing remains.</param>
public sealed record LastingStep(HistorySeries Series, LevelChange Since, double Ratio)
{
    /// <summary>A loss up to this is no failure.</summary>
    public const double DefaultThreshold = 0.01;

    /// <summary>As a part of the value, positive where it is worse.</summary>
    public double Loss => (Series.Better == Better.Lower ? Ratio : 1 / Ratio) - 1;

    /// <summary>Those series that are not where they were, of the machine that ran last.</summary>
    /// <param name="watched">All of them together call a step by chance as rarely as one would.</param>
    public static IReadOnlyList<LastingStep> Of(IReadOnlyList<HistorySeries> watched, IReadOnlyList<AcceptedStep> accepted)
    {
        ArgumentNullException.ThrowIfNull(watched);
        ArgumentNullException.ThrowIfNull(accepted);
        List<LastingStep> found = [];
        foreach (HistorySeries series in watched)
        {
            LevelChange[] steps =
            [
                .. ChangePoints.Of([.. series.Points.Select(p => p.Summary.Median)], ChangePoints.FalseAlarms / watched.Count)
                    .Reverse().TakeWhile(step => !accepted.Any(a => a.Covers(series, step))).Reverse(),
            ];
            if (steps.Length > 0)
            {
                found.Add(new LastingStep(series, steps[0], steps.Aggregate(1.0, (ratio, step) => ratio * step.Ratio)));
            }
        }

        return found;
    }

    /// <summary>Series of the machine of the newest run: another machine's have ended.</summary>
    public static IReadOnlyList<HistorySeries> OfNewestMachine(IReadOnlyList<HistorySeries> all)
    {
        ArgumentNullException.ThrowIfNull(all);
        string? newest = all.MaxBy(s => s.Points[^1].Started)?.Machine;
        return [.. all.Where(s => s.Machine == newest)];
    }
}
