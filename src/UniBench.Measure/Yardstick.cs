namespace UniBench.Measure;

/// <summary>
/// What the machine itself did right before a round, without any backend: what a hypervisor or a neighbour changes from one hour to the next shows here,
/// and only here.
/// </summary>
/// <param name="Round">The block it was measured before.</param>
/// <param name="CacheLineNs">A cache line to another CPU and back; null where there is one CPU only.</param>
/// <param name="WakeUpNs">From a thread's waking another that sleeps on another CPU until that one runs; null where there is one CPU only.</param>
/// <param name="StepNs">One step of a chain of dependent multiplications: the speed of a CPU.</param>
public sealed record Yardstick(int Round, double? CacheLineNs, double? WakeUpNs, double StepNs);
