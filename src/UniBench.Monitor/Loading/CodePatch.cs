namespace UniBench.Monitor.Loading;

/// <summary>Bytes to write over the program's text.</summary>
/// <param name="Address">Run-time address.</param>
internal sealed record CodePatch(ulong Address, ReadOnlyMemory<byte> Bytes);
