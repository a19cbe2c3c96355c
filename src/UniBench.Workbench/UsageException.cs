namespace UniBench.Workbench;

/// <summary>The command line, a script or a caller asks for something that cannot be. The message is all a user sees.</summary>
public sealed class UsageException(string message) : Exception(message);
