using UniBench.Workloads;

namespace UniBench.Measure.History;

/// <summary>One run in the history: a line of history.jsonl.</summary>
public sealed record HistoryEntry
{
    public const string CurrentSchema = "unibench-history/1";

    public string Schema { get; init; } = CurrentSchema;

    /// <summary>What was measured; null outside a git checkout.</summary>
    public string? Commit { get; init; }

    public required DateTimeOffset Started { get; init; }

    /// <summary>What must be equal for two runs' numbers to be one series.</summary>
    public required string Machine { get; init; }

    public required string Scenario { get; init; }

    public required string ScenarioSha256 { get; init; }

    public required IReadOnlyList<HistoryMetric> Cases { get; init; }

    /// <summary>How charts draw the backends that have a look, by name; empty in entries of an UniBench that did not keep it.</summary>
    public IReadOnlyDictionary<string, BackendLook> Looks { get; init; } = new Dictionary<string, BackendLook>();

    /// <summary>The machine as a name: runs of two names are not compared.</summary>
    public static string MachineOf(RunEnvironment environment)
    {
        ArgumentNullException.ThrowIfNull(environment);
        return FormattableString.Invariant($"{environment.Cpu}, {environment.Cores} cores, SMT {environment.Smt}, {environment.Kernel}, {environment.Kvm}");
    }

    /// <summary>Cases that failed or were not run have no place in a history; the run's own report tells them.</summary>
    public static HistoryEntry Of(RunResults results)
    {
        ArgumentNullException.ThrowIfNull(results);
        RunEnvironment e = results.Environment;
        return new HistoryEntry
        {
            Commit = e.GitCommit,
            Started = e.Started,
            Machine = MachineOf(e),
            Scenario = Path.GetFileNameWithoutExtension(results.Scenario.Path),
            ScenarioSha256 = results.Scenario.Sha256,
            Looks = results.Cases.Select(c => e.TraitsOf(c.Backend)).Where(t => t.Look is not null).DistinctBy(t => t.Name).ToDictionary(t => t.Name, t => t.Look!),
            Cases = [.. results.Cases.Where(c => c.Status == CaseStatus.Ok).Select(c => new HistoryMetric(c.Id, c.Metric, c.Unit, c.Better, c.Samples))],
        };
    }
}
