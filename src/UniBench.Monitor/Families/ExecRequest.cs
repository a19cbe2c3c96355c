namespace UniBench.Monitor.Families;

/// <summary>What an exec asks for: path (a char for each byte), argv and environment.</summary>
internal sealed record ExecRequest(string Path, IReadOnlyList<byte[]> Arguments, IReadOnlyList<byte[]> Environment);
