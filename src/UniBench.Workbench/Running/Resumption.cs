using UniBench.Measure;
using UniBench.Reports;

namespace UniBench.Workbench.Running;

/// <summary>What an earlier call has measured of a run, checked against what is planned now.</summary>
internal sealed class Resumption
{
    private Resumption(RunResults earlier)
    {
        Seed = earlier.Environment.Seed;
        NextBlock = earlier.Rounds.Count == 0 ? 0 : earlier.Rounds.Max(r => r.Round) + 1;
        MeasuredBlocks = Measured(earlier);
        Records = earlier.Rounds;
        Findings =
        [
            new Finding(
                Severity.Info,
                "resumed",
                FormattableString.Invariant($"{MeasuredBlocks} rounds are of an earlier call, started {earlier.Environment.Started:yyyy-MM-dd HH:mm}{(earlier.Interrupted ? "; the round in which it was interrupted has fewer cases" : "")}"),
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
        RunResults earlier = Load(directory);
        RunEnvironment a = earlier.Environment;
        RunEnvironment b = now.Environment;
        int measured = Measured(earlier);
        string? why = earlier.Scenario.Sha256 != now.Scenario.Sha256 ? "is of another scenario, or the script has changed"
            : !earlier.Scenario.Args.SequenceEqual(now.Scenario.Args) ? "had other script arguments"
            : !SameCases(earlier, plan) ? "has other cases (backends, parameters or placement differ)"
            : !a.BinaryHashes.OrderBy(h => h.Key).SequenceEqual(b.BinaryHashes.OrderBy(h => h.Key)) ? "measured other programs (a file's hash differs)"
            : (a.Cpu, a.Kernel, a.Cores, a.Kvm, a.ToolVersion) != (b.Cpu, b.Kernel, b.Cores, b.Kvm, b.ToolVersion) ? "is of another machine or version of unibench"
            : now.RoundsPlanned <= measured ? FormattableString.Invariant($"has {measured} rounds already: --rounds with a larger number extends it")
            : earlier.Interrupted && now.RoundsPlanned < earlier.RoundsPlanned ? FormattableString.Invariant($"was planned with {earlier.RoundsPlanned} rounds, and {now.RoundsPlanned} are fewer")
            : null;
        return why is null ? new Resumption(earlier) : throw new UsageException($"--resume: the run in {directory} {why}");
    }

    /// <summary>How many rounds a run is to have if it is continued as it was planned.</summary>
    /// <exception cref="UsageException">There is nothing to continue.</exception>
    public static int RoundsOf(string directory) => Load(directory).RoundsPlanned;

    private static RunResults Load(string directory)
    {
        try
        {
            return ResultsFile.Load(Path.Combine(directory, ResultsFile.Name));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw new UsageException($"--resume: {FileErrors.Text(e)}");
        }
    }

    private static int Measured(RunResults results) => results.Rounds.Where(r => !r.Warmup).Select(r => r.Round).Distinct().Count();

    private static bool SameCases(RunResults earlier, IReadOnlyList<PlannedCase> plan) =>
        earlier.Cases.Select(c => $"{c.Id} {c.Metric}").Order(StringComparer.Ordinal)
            .SequenceEqual(plan.SelectMany(p => p.Metrics.Select(m => $"{p.Point.Id} {m.Name}")).Order(StringComparer.Ordinal));
}
