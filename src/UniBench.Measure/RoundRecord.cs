namespace UniBench.Measure;

/// <summary>The raw record of one launch: everything later computed comes from these.</summary>
public sealed record RoundRecord
{
    public required string CaseId { get; init; }

    /// <summary>Number of the block, from 0, warm-up blocks included; launches of one round are paired.</summary>
    public required int Round { get; init; }

    /// <summary>Position inside the shuffled block, from 0.</summary>
    public required int Order { get; init; }

    /// <summary>A warm-up launch is kept here and excluded from every statistic.</summary>
    public bool Warmup { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public required double WallS { get; init; }

    public required double CpuUserS { get; init; }

    public required double CpuSystemS { get; init; }

    /// <summary>CPU seconds of the helpers that the backend needs: monitor threads, container runtime.</summary>
    public double CpuMonitorS { get; init; }

    public long MaxRssBytes { get; init; }

    public string MemoryMethod { get; init; } = "";

    /// <summary>Growth of the whole system's memory use at its peak, bytes; null when not taken.</summary>
    public long? SystemMemoryPeakBytes { get; init; }

    /// <summary>"ok" or "failed".</summary>
    public required string Status { get; init; }

    /// <summary>Why it failed; null when ok.</summary>
    public string? Reason { get; init; }

    public IReadOnlyDictionary<string, double> Samples { get; init; } = new Dictionary<string, double>();

    public IReadOnlyDictionary<string, Histogram> Histograms { get; init; } = new Dictionary<string, Histogram>();

    public IReadOnlyDictionary<string, long> Counters { get; init; } = new Dictionary<string, long>();

    /// <summary>System calls the backend refused with ENOSYS, by name.</summary>
    public IReadOnlyDictionary<string, long> UnsupportedCalls { get; init; } = new Dictionary<string, long>();

    /// <summary>Crash reports and limits hit.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Clock ticks the hypervisor took from this machine during the launch; null when unknown.</summary>
    public long? StealTicks { get; init; }

    /// <summary>Where it was launched, in a run that is merged of several machines' runs; else null.</summary>
    public string? Machine { get; init; }

    /// <summary>What the machine itself did before this round, in the round's first launch; null in any other.</summary>
    public Yardstick? Yardstick { get; init; }

    /// <summary>All CPU seconds of the launch: user, system and helpers.</summary>
    public double CpuS() => CpuUserS + CpuSystemS + CpuMonitorS;
}
