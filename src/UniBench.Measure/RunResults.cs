using UniBench.Measure.Comparing;

namespace UniBench.Measure;

/// <summary>Everything one run knows: what results.json and rounds.jsonl hold, from which every other format is rendered.</summary>
public sealed record RunResults
{
    /// <summary>Of a file that holds the launches, too.</summary>
    public const string CurrentSchema = "unibench/1";

    /// <summary>Of a file beside which the launches are.</summary>
    public const string SummarySchema = "unibench/2";

    public string Schema { get; init; } = CurrentSchema;

    public required string Title { get; init; }

    public IReadOnlyList<string> Questions { get; init; } = [];

    public string Description { get; init; } = "";

    public required RunEnvironment Environment { get; init; }

    public required ScenarioInfo Scenario { get; init; }

    public required int RoundsPlanned { get; init; }

    public required int WarmupRounds { get; init; }

    /// <summary>The run was stopped before its last round.</summary>
    public bool Interrupted { get; init; }

    /// <summary>What backends are judged by when they are compared with the process.</summary>
    public VerdictRule Verdicts { get; init; } = new();

    public required IReadOnlyList<CaseMetric> Cases { get; init; }

    public required IReadOnlyList<RoundRecord> Rounds { get; init; }

    /// <summary>One for each round, of the machine without any backend; empty in runs of an UniBench that did not take them.</summary>
    public IReadOnlyList<Yardstick> Yardsticks { get; init; } = [];

    public required IReadOnlyList<Finding> Findings { get; init; }
}
