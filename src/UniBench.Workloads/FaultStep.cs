namespace UniBench.Workloads;

/// <summary>A signal that one stage gets while a workload runs; the program itself, not what it started.</summary>
/// <param name="After">From when all stages run, in whole milliseconds.</param>
/// <param name="Stage">From 0.</param>
public sealed record FaultStep(TimeSpan After, int Stage, int Signal);
