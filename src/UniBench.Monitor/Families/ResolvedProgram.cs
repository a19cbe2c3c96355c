using UniBench.Monitor.Memory;

namespace UniBench.Monitor.Families;

/// <summary>What an exec runs: the image, its path, and the request as a script's `#!` line may have changed it.</summary>
/// <param name="Mode">Of the program's file, with the set-ID bits that count.</param>
/// <param name="IsReadable">Whether its caller could read it, too.</param>
/// <param name="File">Which file it is; null: the one that its caller runs already.</param>
internal sealed record ResolvedProgram(ProgramImage Image, string Path, ExecRequest Request, uint Mode, uint Owner, uint Group, bool IsReadable, (ulong Device, ulong Inode)? File);
