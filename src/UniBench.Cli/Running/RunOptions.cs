using UniBench.Cli.Scripting;

namespace UniBench.Cli.Running;

/// <summary>What `unibench run` was asked to do with each scenario.</summary>
internal sealed record RunOptions
{
    public required IReadOnlyList<string> Backends { get; init; }

    public IReadOnlyDictionary<string, IReadOnlyList<string>> Parameters { get; init; } = new Dictionary<string, IReadOnlyList<string>>();

    public required int Rounds { get; init; }

    public required int WarmupRounds { get; init; }

    public Placement? Placement { get; init; }

    public TimeSpan? Timeout { get; init; }

    public required long Seed { get; init; }

    /// <summary>Null: reports/date-scenario.</summary>
    public string? Out { get; init; }

    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>Arguments of unibench as a shell would take them, for the report.</summary>
    public required string CommandLine { get; init; }
}
