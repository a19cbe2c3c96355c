using UniBench.Measure.Comparing;

namespace UniBench.Measure;

/// <summary>What a run is, known before its first launch.</summary>
public sealed record RunDescription
{
    public required string Title { get; init; }

    /// <summary>The questions the scenario asks, one sentence each.</summary>
    public IReadOnlyList<string> Questions { get; init; } = [];

    public string Description { get; init; } = "";

    public required RunEnvironment Environment { get; init; }

    public required ScenarioInfo Scenario { get; init; }

    /// <summary>Measured rounds asked for, warm-up not counted.</summary>
    public required int RoundsPlanned { get; init; }

    public int WarmupRounds { get; init; }

    public VerdictRule Verdicts { get; init; } = new();

    /// <summary>What a run was.</summary>
    public static RunDescription Of(RunResults results)
    {
        ArgumentNullException.ThrowIfNull(results);
        return new RunDescription
        {
            Title = results.Title,
            Questions = results.Questions,
            Description = results.Description,
            Environment = results.Environment,
            Scenario = results.Scenario,
            RoundsPlanned = results.RoundsPlanned,
            WarmupRounds = results.WarmupRounds,
            Verdicts = results.Verdicts,
        };
    }
}
