namespace UniBench.Workloads;

/// <summary>One program with its argument vector; <paramref name="Arguments"/>[0] is argv[0].</summary>
/// <param name="Path">Host path of a static x86-64 ELF file.</param>
/// <param name="Arguments">The whole argv, at least one entry.</param>
public sealed record ProcessSpec(string Path, IReadOnlyList<string> Arguments);
