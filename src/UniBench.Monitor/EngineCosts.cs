namespace UniBench.Monitor;

/// <summary>What the engine's basic operations cost on this machine, nanoseconds.</summary>
/// <param name="ExitNs">From guest to monitor and back, nothing else.</param>
/// <param name="HypercallNs">A system call that the monitor serves (sched_yield), as a program sees it.</param>
/// <param name="SystemCallNs">A system call that the library OS serves (getppid), as a program sees it.</param>
public sealed record EngineCosts(double ExitNs, double HypercallNs, double SystemCallNs);
