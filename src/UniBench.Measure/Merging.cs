using System.Globalization;

namespace UniBench.Measure;

/// <summary>
/// Runs of one plan as one run: their launches stand one behind the other, and only launches of one round of one run are paired. Either all have the same
/// cases, or what is compared with each other is whole in one of them, as where machines share the values of a parameter.
/// </summary>
public static class Merging
{
    /// <returns>Why the launches of two runs do not belong together, whatever machine they are of; null when they do.</returns>
    public static string? Obstacle(RunResults first, RunResults other)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(other);
        return first.Scenario.Sha256 != other.Scenario.Sha256 ? "are of two scenarios, or the script has changed"
            : !first.Scenario.Args.SequenceEqual(other.Scenario.Args) ? "had different script arguments"
            : !Names(first).SequenceEqual(Names(other)) && Subjects(first).Intersect(Subjects(other)).Any() ? "have different cases (backends, parameters or placement differ)"
            : first.Environment.BinaryHashes.Any(h => other.Environment.BinaryHashes.GetValueOrDefault(h.Key, h.Value) != h.Value) ? "measured different programs (a file's hash differs)"
            : first.Environment.ToolVersion != other.Environment.ToolVersion || first.Environment.GitCommit != other.Environment.GitCommit ? "are of two versions of unibench"
            : first.Rounds.Select(Launch).Intersect(other.Rounds.Select(Launch)).Any() ? "have launches in common"
            : null;
    }

    /// <param name="runs">Among which there is no <see cref="Obstacle"/>.</param>
    public static RunResults Of(IReadOnlyList<RunResults> runs)
    {
        ArgumentNullException.ThrowIfNull(runs);
        ArgumentOutOfRangeException.ThrowIfZero(runs.Count);
        string?[] machines = [.. runs.Select(r => r.Environment.Machine).Distinct()];
        List<RoundRecord> rounds = [];
        foreach (RunResults run in runs)
        {
            int before = rounds.Count == 0 ? 0 : rounds.Max(r => r.Round) + 1;
            string? machine = machines.Length > 1 ? run.Environment.Machine : null;
            rounds.AddRange(run.Rounds.Select(r => r with { Round = r.Round + before, Machine = r.Machine ?? machine, Yardstick = r.Yardstick is { } y ? y with { Round = y.Round + before } : null }));
        }

        RunResults first = runs.MinBy(r => r.Environment.Started)!;
        Finding told = new(
            Severity.Info,
            "merged",
            $"these are the rounds of {runs.Count} runs: {string.Join(", ", runs.Select(r => string.Create(CultureInfo.InvariantCulture, $"{Measured(r.Rounds)} begun {r.Environment.Started:yyyy-MM-dd HH:mm}")))}",
            "ratios pair launches of one round, so they lose nothing; medians mix all times");
        RunResults whole = first with
        {
            RoundsPlanned = MostOfACase(rounds.Where(r => !r.Warmup)),
            WarmupRounds = MostOfACase(rounds.Where(r => r.Warmup)),
            Interrupted = false,
            Cases = [.. runs.SelectMany(r => r.Cases).DistinctBy(c => (c.Id, c.Metric))],
            Environment = first.Environment with
            {
                Machine = machines.Length > 1 ? null : machines[0],
                BinaryHashes = runs.SelectMany(r => r.Environment.BinaryHashes).DistinctBy(h => h.Key).ToDictionary(),
                Backends = runs.SelectMany(r => r.Environment.Backends).DistinctBy(b => b.Key).ToDictionary(),
                BackendTraits = [.. runs.SelectMany(r => r.Environment.BackendTraits).DistinctBy(t => t.Name)],
            },
            Findings = [.. runs.Count > 1 ? [told] : Array.Empty<Finding>(), .. runs.SelectMany(r => r.Findings).Where(f => f.Code != told.Code && f.Code != MachineEffect.Code).Distinct()],
        };
        RunResults merged = ResultsBuilder.Reassemble(whole, rounds);
        return merged with { Findings = [.. merged.Findings, .. MachineEffect.Findings(merged)] };
    }

    private static int MostOfACase(IEnumerable<RoundRecord> rounds) => rounds.GroupBy(r => r.CaseId).Select(g => g.Select(r => r.Round).Distinct().Count()).DefaultIfEmpty().Max();

    private static int Measured(IEnumerable<RoundRecord> rounds) => rounds.Where(r => !r.Warmup).Select(r => r.Round).Distinct().Count();

    private static (string, DateTimeOffset) Launch(RoundRecord record) => (record.CaseId, record.StartedAt);

    // What is compared with each other: the cases of one point, on all backends and in all placements.
    private static IEnumerable<string> Subjects(RunResults run) => run.Cases.Select(c => $"{c.Scenario}/{c.Name} {string.Join(',', c.Params.Select(p => $"{p.Key}={p.Value}"))}").Distinct();

    private static IEnumerable<string> Names(RunResults run) => run.Cases.Select(c => $"{c.Id} {c.Metric} {c.Unit}").Order(StringComparer.Ordinal);
}
