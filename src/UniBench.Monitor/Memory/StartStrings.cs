namespace UniBench.Monitor.Memory;

/// <summary>Where a program's arguments and environment begin and end on its first stack, and what its auxiliary vector says.</summary>
internal sealed record StartStrings(ulong ArgumentsStart, ulong ArgumentsEnd, ulong EnvironmentStart, ulong EnvironmentEnd, IReadOnlyList<ulong> Auxiliary);
