namespace UniBench.Monitor.Loading;

/// <summary>What to change in a program so that its system calls become jumps.</summary>
/// <param name="Patches">In order of their addresses; they do not overlap.</param>
/// <param name="StubCode">Goes to the stub region's address, executable and read-only; empty if nothing was rewritten.</param>
/// <param name="Sites">All system calls found, in order of their addresses.</param>
internal sealed record RewriteResult(IReadOnlyList<CodePatch> Patches, ReadOnlyMemory<byte> StubCode, IReadOnlyList<SyscallSite> Sites)
{
    public int Detoured => Sites.Count(s => s.IsDetoured);

    public IEnumerable<SyscallSite> Refused => Sites.Where(s => !s.IsDetoured);
}
