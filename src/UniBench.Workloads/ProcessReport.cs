namespace UniBench.Workloads;

/// <summary>What one process of a family did and cost.</summary>
/// <param name="Parent">Pid of the process that forked it; 1 for first processes and orphans.</param>
/// <param name="Wall">From its start to its end.</param>
/// <param name="MemoryBytes">Guest memory in use at its end.</param>
/// <param name="Counters">By dotted name, of this process alone.</param>
public sealed record ProcessReport(
    int Pid,
    int Parent,
    string Program,
    ExitStatus Status,
    TimeSpan Wall,
    TimeSpan CpuUser,
    TimeSpan CpuSystem,
    long MemoryBytes,
    IReadOnlyDictionary<string, long> Counters);
