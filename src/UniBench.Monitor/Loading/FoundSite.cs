namespace UniBench.Monitor.Loading;

/// <summary>A `syscall` or `cpuid` instruction that the sweep came across. Both have two bytes.</summary>
/// <param name="Before">Addresses of the instructions directly before it, nearest last, without a gap; not past undecodable bytes.</param>
internal sealed record FoundSite(CodeRegion Region, ulong Address, bool IsCpuid, IReadOnlyList<ulong> Before);
