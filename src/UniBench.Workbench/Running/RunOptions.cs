using UniBench.Backends;
using UniBench.Measure;
using UniBench.Measure.Comparing;
using UniBench.Reports;
using UniBench.Workbench.Scripting;
using UniBench.Workloads;

namespace UniBench.Workbench.Running;

/// <summary>How scenarios are run: on what, how often, and what comes of it.</summary>
public sealed record RunOptions
{
    public const int DefaultRounds = 20;
    public const int QuickRounds = 5;

    /// <summary>Names of the backends to measure, those of another build among them (<see cref="OtherBuild"/>); the usual ones unless told otherwise.</summary>
    public IReadOnlyList<string> Backends { get; init; } = BackendRegistry.Usual;

    /// <summary>The user named the backends: one that cannot run here then fails the run. Else it is left out, unless a case asks for it by name.</summary>
    public bool BackendsRequired { get; init; }

    /// <summary>Measured rounds; with <see cref="Precision"/> the most of them.</summary>
    public int Rounds { get; init; } = DefaultRounds;

    /// <summary>Rounds before the measured ones; null: until launches no longer get faster.</summary>
    public int? WarmupRounds { get; init; }

    /// <summary>Half width, as a part, that every interval shall have; null measures <see cref="Rounds"/> rounds whatever they say.</summary>
    public double? Precision { get; init; }

    /// <summary>No round begins after this much time; null is no limit.</summary>
    public TimeSpan? TimeBudget { get; init; }

    /// <summary>Go on with the run that is in the directory, interrupted or not, until it has <see cref="Rounds"/>.</summary>
    public bool Resume { get; init; }

    /// <summary>Put the run in the place of one that is in the directory already.</summary>
    public bool Replace { get; init; }

    /// <summary>Where results and report go; null for a fresh directory in reports/.</summary>
    public string? Directory { get; init; }

    /// <summary>Which cases of a scenario are launched; null for all.</summary>
    public Func<CasePoint, bool>? Chosen { get; init; }

    /// <summary>End after the first launch that fails.</summary>
    public bool StopAtFailure { get; init; }

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

    /// <summary>Of the order in which a round launches its cases; random unless told otherwise, and recorded in any case.</summary>
    public long Seed { get; init; } = Random.Shared.NextInt64(1, 1L << 31);

    /// <summary>What was called, for the report: arguments as a shell would take them.</summary>
    public string CommandLine { get; init; } = System.Environment.CommandLine;
}
