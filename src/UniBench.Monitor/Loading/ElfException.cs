namespace UniBench.Monitor.Loading;

/// <summary>A file that is no ELF program this monitor can run; the message says what is wrong with it and where.</summary>
internal sealed class ElfException(string message) : Exception(message);
