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

    public required IReadOnlyList<HistoryCase> Cases { get; init; }

    /// <summary>Cases that failed or were not run have no place in a history; the run's own report tells them.</summary>
    public static HistoryEntry Of(RunResults results)
    {
        ArgumentNullException.ThrowIfNull(results);
        RunEnvironment e = results.Environment;
        return new HistoryEntry
        {
            Commit = e.GitCommit,
            Started = e.Started,
            Machine = FormattableString.Invariant($"{e.Cpu}, {e.Cores} cores, SMT {e.Smt}, {e.Kernel}, {e.Kvm}"),
            Scenario = Path.GetFileNameWithoutExtension(results.Scenario.Path),
            ScenarioSha256 = results.Scenario.Sha256,
            Cases = [.. results.Cases.Where(c => c.Status == CaseStatus.Ok).Select(c => new HistoryCase(c.Id, c.Metric, c.Unit, c.Better, c.Samples))],
        };
    }
}
