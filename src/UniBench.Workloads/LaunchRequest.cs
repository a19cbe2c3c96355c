namespace UniBench.Workloads;

/// <summary>A workload to launch once: one program or a pipeline of them.</summary>
public sealed record LaunchRequest
{
    /// <summary>Programs in pipeline order: stdout of i is stdin of i + 1. Host paths of static ELF files.</summary>
    public required IReadOnlyList<ProcessSpec> Stages { get; init; }

    public IReadOnlyList<string> Environment { get; init; } = [];

    /// <summary>Host descriptors for the workload's standard streams; borrowed. -1 is /dev/null for input, captured for output.</summary>
    public int Stdin { get; init; } = -1;

    public int Stdout { get; init; } = -1;

    public int Stderr { get; init; } = -1;

    /// <summary>Memory limit per process, bytes (the guest memory of our engine; a limit elsewhere only where cheap).</summary>
    public long MemoryBytes { get; init; } = 256L << 20;

    public TimeSpan? Timeout { get; init; }

    /// <summary>Host CPUs to use; empty: no pinning. Over several the processes are spread, each pinned to one.</summary>
    public IReadOnlyList<int> Cpus { get; init; } = [];

    /// <summary>Directory trees the workload may open beside its programs.</summary>
    public IReadOnlyList<Mount> Mounts { get; init; } = [];

    /// <summary>Where the programs start: an absolute path that they see.</summary>
    public string WorkingDirectory { get; init; } = "/";

    /// <summary>Signals that stages get on the way.</summary>
    public IReadOnlyList<FaultStep> Faults { get; init; } = [];

    /// <summary>Brings the signals of the terminal to a family on our engine; the other backends' processes are in a group of the terminal's own.</summary>
    public SignalRelay? TerminalSignals { get; init; }

    /// <summary>Keep what each process did; only our engine can.</summary>
    public bool KeepProcesses { get; init; }

    /// <summary>Line sink for traces; only our engine can trace.</summary>
    public Action<string>? Trace { get; init; }

    /// <summary>Sink for what processes do and wait for; only our engine fills it.</summary>
    public IFamilyTimeline? Timeline { get; init; }

    /// <summary>How processes on our engine wait for each other; nothing to the other backends.</summary>
    public SpinPolicy Spin { get; init; }
}
