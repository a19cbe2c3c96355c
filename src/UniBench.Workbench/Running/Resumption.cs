using UniBench.Measure;
using UniBench.Reports;

namespace UniBench.Workbench.Running;

/// <summary>What an interrupted run left behind, checked against what is planned now.</summary>
internal sealed class Resumption
{
    private Resumption(RunResults earlier)
    {
        Seed = earlier.Environment.Seed;
        NextBlock = earlier.Rounds.Count == 0 ? 0 : earlier.Rounds.Max(r => r.Round) + 1;
        MeasuredBlocks = earlier.Rounds.Where(r => !r.Warmup).Select(r => r.Round).Distinct().Count();
        Records = earlier.Rounds;
        Findings =
        [
            new Finding(
                Severity.Info,
                "resumed",
                FormattableString.Invariant($"{MeasuredBlocks} rounds are of an earlier call, started {earlier.Environment.Started:yyyy-MM-dd HH:mm}; the round in which it was interrupted has fewer cases"),
                "ratios pair launches of one round, so they lose nothing; medians mix both times"),
        ];
    }

    public long Seed { get; }

    /// <summary>Number of the first block that is still to be run; the schedule's order depends on it.</summary>
    public int NextBlock { get; }

    public int MeasuredBlocks { get; }

    public IReadOnlyList<RoundRecord> Records { get; }

    public IReadOnlyList<Finding> Findings { get; }

    /// <exception cref="UsageException">There is nothing to continue, or it is of another scenario, program or machine.</exception>
    public static Resumption Of(string directory, RunDescription now, IReadOnlyList<PlannedCase> plan)
    {
        string file = Path.Combine(directory, ResultsFile.Name);
        RunResults earlier;
        try
        {
            earlier = ResultsFile.Load(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw new UsageException($"--resume: {e.Message}");
        }

        RunEnvironment a = earlier.Environment;
        RunEnvironment b = now.Environment;
        string? why = !earlier.Interrupted ? "was not interrupted"
            : earlier.Scenario.Sha256 != now.Scenario.Sha256 ? "is of another scenario, or the script has changed"
            : !earlier.Scenario.Args.SequenceEqual(now.Scenario.Args) ? "had other script arguments"
            : !SameCases(earlier, plan) ? "has other cases (backends, parameters or placement differ)"
            : !a.BinaryHashes.OrderBy(h => h.Key).SequenceEqual(b.BinaryHashes.OrderBy(h => h.Key)) ? "measured other programs (a file's hash differs)"
            : (a.Cpu, a.Kernel, a.Cores, a.Kvm, a.ToolVersion) != (b.Cpu, b.Kernel, b.Cores, b.Kvm, b.ToolVersion) ? "is of another machine or version of unibench"
            : null;
        return why is null ? new Resumption(earlier) : throw new UsageException($"--resume: the run in {directory} {why}");
    }

    private static bool SameCases(RunResults earlier, IReadOnlyList<PlannedCase> plan) =>
        earlier.Cases.Select(c => $"{c.Id} {c.Metric}").Order(StringComparer.Ordinal)
            .SequenceEqual(plan.SelectMany(p => p.Metrics.Select(m => $"{p.Point.Id} {m.Name}")).Order(StringComparer.Ordinal));
}
