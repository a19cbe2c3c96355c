namespace UniBench.Workloads;

/// <summary>What one launch did and what it cost.</summary>
public sealed record LaunchResult
{
    public required FamilyOutcome Outcome { get; init; }

    /// <summary>One status per stage.</summary>
    public required IReadOnlyList<ExitStatus> Stages { get; init; }

    /// <summary>What the last stage wrote to a captured stdout; empty when not captured.</summary>
    public byte[] Stdout { get; init; } = [];

    public byte[] Stderr { get; init; } = [];

    /// <summary>From just before the first process was started to after the last one was reaped.</summary>
    public required TimeSpan Wall { get; init; }

    /// <summary>When the backend began to start the workload, ns of CLOCK_MONOTONIC as its programs see it: <see cref="System.Diagnostics.Stopwatch.GetTimestamp"/> but where a guest's kernel has a clock of its own.</summary>
    public required long StartedAt { get; init; }

    public required TimeSpan CpuUser { get; init; }

    public required TimeSpan CpuSystem { get; init; }

    /// <summary>CPU time of helpers that the backend needs: the monitor's own threads, the container runtime.</summary>
    public required TimeSpan CpuMonitor { get; init; }

    /// <summary>Peak memory of the whole family, bytes; see <see cref="MemoryMethod"/> for what is counted.</summary>
    public required long MaxRssBytes { get; init; }

    /// <summary>How <see cref="MaxRssBytes"/> was measured, in a few words for the report.</summary>
    public required string MemoryMethod { get; init; }

    public IReadOnlyDictionary<string, long> Counters { get; init; } = new Dictionary<string, long>();

    /// <summary>Every process of a family on our engine, if asked for.</summary>
    public IReadOnlyList<ProcessReport> Processes { get; init; } = [];

    /// <summary>System calls that our engine refused with ENOSYS, by name.</summary>
    public IReadOnlyDictionary<string, long> UnsupportedCalls { get; init; } = new Dictionary<string, long>();

    /// <summary>Faults of the request that struck nobody: their stage had ended before.</summary>
    public IReadOnlyList<FaultStep> MissedFaults { get; init; } = [];

    /// <summary>Crash reports and limits hit, for the findings of the report.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
}
