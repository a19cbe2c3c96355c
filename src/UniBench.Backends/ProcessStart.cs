using UniBench.Workloads;

namespace UniBench.Backends;

/// <summary>A process to start: its program, the directory it starts in, and what its descriptors 0, 1, 2, ... are.</summary>
internal sealed record ProcessStart(ProcessSpec Spec, IReadOnlyList<string> Environment, string Directory, IReadOnlyList<int> Descriptors);
