namespace UniBench.Monitor.Machines;

/// <summary>Why a machine can run no further.</summary>
/// <param name="Signal">What the process is to die of.</param>
/// <param name="Why">For the crash report.</param>
internal readonly record struct Breakage(int Signal, string Why);
