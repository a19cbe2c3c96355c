namespace UniBench.Monitor.Loading;

/// <summary>A program that is larger than its family's memory allows: ENOMEM, where a damaged one is ENOEXEC.</summary>
internal sealed class ProgramSizeException(string message) : Exception(message);
