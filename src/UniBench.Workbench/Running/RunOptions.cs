using UniBench.Backends;
using UniBench.Cli.Scripting;
using UniBench.Measure.Comparing;
using UniBench.Reports;
using UniBench.Workloads;

namespace UniBench.Cli.Running;

/// <summary>What `unibench run` was asked to do with each scenario.</summary>
internal sealed record RunOptions
{
    public const int DefaultRounds = 20;
    public const int QuickRounds = 5;

    public IReadOnlyList<string> Backends { get; init; } = BackendRegistry.Names;

    /// <summary>The user named the backends: one that cannot run here then fails the run. Else it is left out, unless a case asks for it by name.</summary>
    public bool BackendsRequired { get; init; }

    /// <summary>Measured rounds; with <see cref="Precision"/> the most of them.</summary>
    public required int Rounds { get; init; }

    /// <summary>Rounds before the measured ones; null: until launches no longer get faster.</summary>
    public int? WarmupRounds { get; init; }

    /// <summary>Half width, as a part, that every interval shall have; null measures <see cref="Rounds"/> rounds whatever they say.</summary>
    public double? Precision { get; init; }

    /// <summary>No round begins after this much time; null is no limit.</summary>
    public TimeSpan? TimeBudget { get; init; }

    /// <summary>Continue what an interrupted run left in the directory.</summary>
    public bool Resume { get; init; }

    /// <summary>Where results and report go; null for a fresh directory in reports/.</summary>
    public string? Directory { get; init; }

    /// <summary>Instead of the cases' own placements; null leaves them.</summary>
    public Placement? Placement { get; init; }

    /// <summary>Instead of the cases' own time limits; null leaves them.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>How processes on our engine wait for each other.</summary>
    public SpinPolicy Spin { get; init; }

    /// <summary>Threads of our engine that serve guests have no filter.</summary>
    public bool NoSeccomp { get; init; }

    /// <summary>What the report is written as; null for the usual ones.</summary>
    public IReadOnlyList<ReportFormat>? Formats { get; init; }

    /// <summary>What backends are judged by.</summary>
    public VerdictRule Verdicts { get; init; } = new();

    public required long Seed { get; init; }

    /// <summary>Arguments of unibench as a shell would take them, for the report.</summary>
    public required string CommandLine { get; init; }
}
