using UniBench.Workloads;

namespace UniBench.Monitor;

/// <summary>A process that died by a fault nobody handled.</summary>
/// <param name="Text">Several lines: program, pid, signal, rip with symbol, registers, last hypercalls.</param>
public sealed record CrashReport(string Program, int Pid, int Signal, ulong Rip, string Text);

/// <summary>What a family did and what it cost.</summary>
public sealed record FamilyResult
{
    public required FamilyOutcome Outcome { get; init; }

    /// <summary>Status of each first process, in the order of <see cref="FamilySpec.Stages"/>.</summary>
    public required IReadOnlyList<ExitStatus> Stages { get; init; }

    public required TimeSpan Wall { get; init; }

    /// <summary>User CPU time of the vCPU threads (guest code runs as user time).</summary>
    public required TimeSpan CpuUser { get; init; }

    /// <summary>System CPU time of the vCPU threads (KVM, host system calls).</summary>
    public required TimeSpan CpuSystem { get; init; }

    /// <summary>CPU time of the monitor beside its vCPU threads, user and system.</summary>
    public required TimeSpan CpuMonitor { get; init; }

    /// <summary>Peak of guest memory in use by all live processes together, pipes included, bytes; without the kernel's share.</summary>
    public required long PeakMemoryBytes { get; init; }

    /// <summary>Counters by dotted name: exits.*, hypercalls.*, served_us.* (how long the monitor took for them, where asked for), syscalls.*, guest.*, kvm.* (where asked for), forks, pipe.bytes, pipe.blocks, pipe.spins, ...</summary>
    public required IReadOnlyDictionary<string, long> Counters { get; init; }

    /// <summary>One report a process, in the order in which they ended; empty unless <see cref="FamilySpec.KeepProcesses"/>.</summary>
    public IReadOnlyList<ProcessReport> Processes { get; init; } = [];

    /// <summary>System calls answered with ENOSYS: name and count.</summary>
    public required IReadOnlyDictionary<string, long> UnsupportedCalls { get; init; }

    public required IReadOnlyList<CrashReport> Crashes { get; init; }

    /// <summary>Limits that were hit (processes, memory), one sentence each.</summary>
    public required IReadOnlyList<string> LimitsHit { get; init; }
}
