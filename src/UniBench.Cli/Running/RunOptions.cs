using UniBench.Backends;
using UniBench.Cli.Scripting;
using UniBench.Monitor;
using UniBench.Reports;

namespace UniBench.Cli.Running;

/// <summary>What `unibench run` was asked to do with each scenario.</summary>
internal sealed record RunOptions
{
    public const int DefaultRounds = 20;
    public const int QuickRounds = 5;
    public const int DefaultWarmupRounds = 1;

    public IReadOnlyList<string> Backends { get; init; } = BackendRegistry.Names;

    /// <summary>The user named the backends: one that cannot run here then fails the run, and does not only leave a gap in it.</summary>
    public bool BackendsRequired { get; init; }

    public required int Rounds { get; init; }

    public required int WarmupRounds { get; init; }

    /// <summary>Instead of the cases' own placements; null leaves them.</summary>
    public Placement? Placement { get; init; }

    /// <summary>Instead of the cases' own time limits; null leaves them.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>How unikernel processes wait for each other.</summary>
    public SpinPolicy Spin { get; init; }

    /// <summary>What the report is written as; null for the usual ones.</summary>
    public IReadOnlyList<ReportFormat>? Formats { get; init; }

    public required long Seed { get; init; }

    /// <summary>Arguments of unibench as a shell would take them, for the report.</summary>
    public required string CommandLine { get; init; }
}
