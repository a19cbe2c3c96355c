using UniBench.Workloads;

namespace UniBench.Backends;

/// <summary>How a <see cref="SpawnedFamily"/> ended and what it used.</summary>
/// <param name="Statuses">One per process that was started directly.</param>
/// <param name="StartedAt">Just before the first start, ns of CLOCK_MONOTONIC.</param>
/// <param name="CpuStarter">CPU time of the thread that started and reaped the processes.</param>
/// <param name="MaxRssBytes">Peak of the group, or the largest resident set of one process where there is no group.</param>
internal sealed record FamilyRun(
    FamilyOutcome Outcome,
    IReadOnlyList<ExitStatus> Statuses,
    long StartedAt,
    TimeSpan Wall,
    TimeSpan CpuUser,
    TimeSpan CpuSystem,
    TimeSpan CpuStarter,
    long MaxRssBytes);
