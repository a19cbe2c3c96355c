using System.Globalization;
using UniBench.Measure;

namespace UniBench.Workbench.Running;

/// <summary>Decides how many blocks warm up, and when enough are measured.</summary>
/// <param name="clock">What a time budget is counted by.</param>
internal sealed class Pacing(RunOptions options, Func<string, string> backendOf, TimeProvider clock)
{
    /// <summary>Blocks of a run that is to reach a precision, unless it is told otherwise.</summary>
    public const int MostForPrecision = 200;

    private readonly long started = clock.GetTimestamp();

    /// <summary>Most warm-up blocks where they end by themselves: warming up should not take longer than half the measuring.</summary>
    public static int MostWarmup(int rounds) => Math.Clamp(rounds / 2, 2, 10);

    public int WarmupBlocks { get; private set; }

    public int MeasuredBlocks { get; private set; }

    /// <summary>Blocks that are still to be run at most, this one included.</summary>
    public int BlocksLeft => options.Rounds - MeasuredBlocks + (WarmsUp ? 1 : 0);

    /// <summary>The next block is a warm-up.</summary>
    public bool WarmsUp { get; private set; } = options.WarmupRounds != 0;

    /// <summary>What ended the run before its last round, or kept it from its precision; null when nothing did.</summary>
    public Finding? Remark { get; private set; }

    /// <summary>Takes over what an interrupted run has measured already.</summary>
    public void Resume(int measuredBlocks) => MeasuredBlocks = measuredBlocks;

    /// <summary>A block has ended.</summary>
    /// <param name="results">What is measured by now; asked for only where it decides.</param>
    /// <returns>False when it was the last.</returns>
    public bool GoesOn(IEnumerable<RoundRecord> warmup, Func<RunResults> results)
    {
        if (WarmsUp)
        {
            WarmupBlocks++;
            WarmsUp = options.WarmupRounds is { } fixedNumber
                ? WarmupBlocks < fixedNumber
                : WarmupBlocks < MostWarmup(options.Rounds) && !SteadyState.IsReached(warmup, backendOf);
            return true;
        }

        MeasuredBlocks++;
        bool last = MeasuredBlocks >= options.Rounds;
        if (options.Precision is { } wanted)
        {
            (CaseMetric Case, double HalfWidth)[] wide = [.. Precision.Of(results()).Where(p => p.HalfWidth > wanted)];
            if (wide.Length == 0)
            {
                Remark = null;
                return false;
            }

            (CaseMetric widest, double half) = wide.MaxBy(p => p.HalfWidth);
            Remark = new Finding(
                Severity.Warning,
                "precision-not-reached",
                string.Create(CultureInfo.InvariantCulture, $"{wide.Length} cases are not within {wanted * 100:0.##} %, the widest is {widest.Id} with {half * 100:0.#} %"),
                "a longer --time-budget or more --rounds; an interval's width falls with the root of the rounds");
        }

        bool spent = options.TimeBudget is { } budget && clock.GetElapsedTime(started) >= budget;
        if (spent && !last && options.Precision is null)
        {
            Remark = new Finding(
                Severity.Warning,
                "time-budget",
                string.Create(CultureInfo.InvariantCulture, $"the time budget was spent after {MeasuredBlocks} of {options.Rounds} rounds"),
                "the intervals say what that is worth");
        }

        return !last && !spent;
    }
}
