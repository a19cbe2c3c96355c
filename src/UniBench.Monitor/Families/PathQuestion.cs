using UniBench.Host;

namespace UniBench.Monitor.Families;

/// <summary>A call on a path, absolute or from the working directory.</summary>
/// <param name="Path">A char for each byte.</param>
internal readonly record struct PathQuestion(LinuxCall Call, long A, long B, string Path);
