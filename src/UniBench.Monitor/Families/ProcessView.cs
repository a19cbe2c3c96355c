using UniBench.Monitor.Abi;
using UniBench.Monitor.Processes;

namespace UniBench.Monitor.Families;

/// <summary>What /proc tells of a process.</summary>
/// <param name="Bytes">Private memory in use.</param>
internal sealed record ProcessView(
    int Pid, ProcessEntry Entry, string Program, bool IsFirstProgram, string WorkingDirectory, IReadOnlyList<string> Arguments, long Bytes, bool IsSleeping, IReadOnlyList<GuestArea> Areas);
