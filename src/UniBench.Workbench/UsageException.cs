namespace UniBench.Cli;

/// <summary>The command line or a script asks for something that cannot be: exit code 2. The message is all a user sees.</summary>
internal sealed class UsageException(string message) : Exception(message);
