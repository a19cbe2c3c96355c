using UniBench.Workloads;

namespace UniBench.Monitor;

/// <summary>What to run as unikernels: the first processes of a family and everything they may use.</summary>
public sealed record FamilySpec
{
    /// <summary>The first processes, a pipeline: stdout of stage i is stdin of stage i + 1.</summary>
    public required IReadOnlyList<ProcessSpec> Stages { get; init; }

    /// <summary>Environment of the first processes, as <c>NAME=value</c>.</summary>
    public IReadOnlyList<string> Environment { get; init; } = [];

    /// <summary>Host descriptors that become 0 of the first stage, 1 of the last, 2 of all. Borrowed, never closed.</summary>
    public int Stdin { get; init; }

    public int Stdout { get; init; } = 1;

    public int Stderr { get; init; } = 2;

    /// <summary>Guest memory limit of each process, bytes.</summary>
    public long MemoryBytes { get; init; } = 256L << 20;

    /// <summary>Processes alive at once, zombies included; fork fails with EAGAIN beyond it.</summary>
    public int MaxProcesses { get; init; } = 16384;

    /// <summary>Wall-clock limit after which every process of the family is killed; null: none.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>Host CPUs for the family's vCPU threads: each process is pinned to one of them, in turn; empty: no pinning.</summary>
    public IReadOnlyList<int> Cpus { get; init; } = [];

    /// <summary>Directory trees the family may open; empty: nothing but its own programs.</summary>
    public IReadOnlyList<Mount> Mounts { get; init; } = [];

    /// <summary>Where the first processes start, a directory beneath the mounts; absolute.</summary>
    public string WorkingDirectory { get; init; } = "/";

    /// <summary>Brings the signals of the terminal that Stdin is; null: they are not for the family.</summary>
    public SignalRelay? TerminalSignals { get; init; }

    /// <summary>Keep a report of every process, not only their sum, and ask KVM what it counted.</summary>
    public bool KeepProcesses { get; init; }

    /// <summary>Receives one line per system call and hypercall, from many threads; null: no tracing.</summary>
    public Action<string>? Trace { get; init; }

    /// <summary>Receives what processes do and wait for; null: nobody looks.</summary>
    public IFamilyTimeline? Timeline { get; init; }

    /// <summary>
    /// Called once the first processes run, with a way to signal one of them by its place in <see cref="Stages"/>: false when it has ended.
    /// That may be called from any thread at any time, after the family's end, too.
    /// </summary>
    public Action<Func<int, int, bool>>? Started { get; init; }

    /// <summary>How its processes wait for each other.</summary>
    public SpinPolicy Spin { get; init; }
}
