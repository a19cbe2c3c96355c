namespace UniBench.Monitor.Loading;

/// <summary>A `syscall` instruction that the sweep came across.</summary>
/// <param name="Before">Addresses of the instructions directly before it, nearest last, without a gap; not past undecodable bytes.</param>
internal sealed record FoundSite(CodeRegion Region, ulong Address, IReadOnlyList<ulong> Before);
