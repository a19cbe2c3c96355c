namespace UniBench.Workloads;

/// <summary>A backend in the sentences of one language.</summary>
/// <param name="As">Behind a value: "as a unikernel", "in a sandbox".</param>
/// <param name="Isolation">What keeps its programs from the rest of the machine; empty where nothing is said of it.</param>
/// <param name="Start">What happens between a launch and its first program; empty where nothing is said of it.</param>
/// <param name="CpuTime">Whose CPU time its samples are; empty where nothing is said of it.</param>
public sealed record BackendWords(string As, string Isolation = "", string Start = "", string CpuTime = "");
