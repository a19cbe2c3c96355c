using UniBench.Monitor.Memory;

namespace UniBench.Monitor.Families;

/// <summary>What an exec runs: the image, its path, and the request as a script's `#!` line may have changed it.</summary>
internal sealed record ResolvedProgram(ProgramImage Image, string Path, ExecRequest Request);
