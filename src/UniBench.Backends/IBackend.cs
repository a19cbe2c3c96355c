using UniBench.Measure;
using UniBench.Workloads;

namespace UniBench.Backends;

/// <summary>One way to run programs: as unikernels, in sandboxes, as Linux processes, in a container.</summary>
public interface IBackend : IDisposable
{
    /// <summary>What it is, to whoever measures with it or reads of it.</summary>
    BackendTraits Traits { get; }

    /// <summary>Stable, part of every case id.</summary>
    string Name => Traits.Name;

    /// <summary>What it is made of here, with its version: a container runtime, a filter; null where that is the host's kernel.</summary>
    string? Detail => null;

    /// <summary>Whether it can run here, and if not why and what to install.</summary>
    Availability Probe();

    /// <summary>Why it cannot give a workload the files and the directory it asks for; null when it can. Nothing is started.</summary>
    string? Refusal(LaunchRequest request);

    /// <summary>Runs a workload to its end and cleans up behind it, also when cancelled or timed out.</summary>
    /// <exception cref="LaunchException">The workload could not be started, or was refused.</exception>
    LaunchResult Launch(LaunchRequest request, CancellationToken cancellation);
}

/// <param name="Reason">Null when available; else why not.</param>
/// <param name="Advice">What the user can do about it; null when available.</param>
public sealed record Availability(string? Reason = null, string? Advice = null)
{
    public bool IsAvailable => Reason is null;
}

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

    /// <summary>When the backend began to start the workload, ns of CLOCK_MONOTONIC (<see cref="System.Diagnostics.Stopwatch.GetTimestamp"/>).</summary>
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
