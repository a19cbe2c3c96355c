using System.Globalization;

namespace UniBench.Measure;

/// <summary>Runs of one plan as one run: their launches stand one behind the other, and only launches of one round of one run are paired.</summary>
public static class Merging
{
    /// <returns>Why the launches of two runs do not belong together, whatever machine they are of; null when they do.</returns>
    public static string? Obstacle(RunResults first, RunResults other)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(other);
        return first.Scenario.Sha256 != other.Scenario.Sha256 ? "are of two scenarios, or the script has changed"
            : !first.Scenario.Args.SequenceEqual(other.Scenario.Args) ? "had different script arguments"
            : !Names(first).SequenceEqual(Names(other)) ? "have different cases (backends, parameters or placement differ)"
            : !first.Environment.BinaryHashes.OrderBy(h => h.Key).SequenceEqual(other.Environment.BinaryHashes.OrderBy(h => h.Key)) ? "measured different programs (a file's hash differs)"
            : first.Environment.ToolVersion != other.Environment.ToolVersion || first.Environment.GitCommit != other.Environment.GitCommit ? "are of two versions of unibench"
            : first.Rounds.Select(Launch).Intersect(other.Rounds.Select(Launch)).Any() ? "have launches in common"
            : null;
    }

    /// <param name="runs">Among which there is no <see cref="Obstacle"/>.</param>
    public static RunResults Of(IReadOnlyList<RunResults> runs)
    {
        ArgumentNullException.ThrowIfNull(runs);
        ArgumentOutOfRangeException.ThrowIfZero(runs.Count);
        List<RoundRecord> rounds = [];
        foreach (RunResults run in runs)
        {
            int before = rounds.Count == 0 ? 0 : rounds.Max(r => r.Round) + 1;
            rounds.AddRange(run.Rounds.Select(r => r with { Round = r.Round + before, Yardstick = r.Yardstick is { } y ? y with { Round = y.Round + before } : null }));
        }

        RunResults first = runs.MinBy(r => r.Environment.Started)!;
        Finding merged = new(
            Severity.Info,
            "merged",
            $"these are the rounds of {runs.Count} runs: {string.Join(", ", runs.Select(r => string.Create(CultureInfo.InvariantCulture, $"{Measured(r.Rounds)} begun {r.Environment.Started:yyyy-MM-dd HH:mm}")))}",
            "ratios pair launches of one round, so they lose nothing; medians mix all times");
        RunResults whole = first with
        {
            RoundsPlanned = Measured(rounds),
            WarmupRounds = rounds.Where(r => r.Warmup).Select(r => r.Round).Distinct().Count(),
            Interrupted = false,
            Findings = [.. runs.Count > 1 ? [merged] : Array.Empty<Finding>(), .. runs.SelectMany(r => r.Findings).Where(f => f.Code != merged.Code).Distinct()],
        };
        return ResultsBuilder.Reassemble(whole, rounds);
    }

    private static int Measured(IEnumerable<RoundRecord> rounds) => rounds.Where(r => !r.Warmup).Select(r => r.Round).Distinct().Count();

    private static (string, DateTimeOffset) Launch(RoundRecord record) => (record.CaseId, record.StartedAt);

    private static IEnumerable<string> Names(RunResults run) => run.Cases.Select(c => $"{c.Id} {c.Metric} {c.Unit}").Order(StringComparer.Ordinal);
}
