namespace UniBench.Monitor.Families;

/// <summary>A call on a path, absolute or from the working directory; the number is Linux's.</summary>
/// <param name="Path">A char for each byte.</param>
internal readonly record struct PathQuestion(int Call, long A, long B, string Path);
