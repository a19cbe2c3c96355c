using UniBench.Workloads;

namespace UniBench.Backends;

/// <summary>The backends by name, in the order in which reports show them.</summary>
public static class BackendRegistry
{
    public static IReadOnlyList<string> Names { get; } = ["unikernel", "process", "container"];

    /// <exception cref="LaunchException">There is no such backend; the message lists those there are.</exception>
    public static IBackend Create(string name) => name switch
    {
        "unikernel" => new UnikernelBackend(),
        "process" => new ProcessBackend(),
        "container" => new ContainerBackend(),
        _ => throw new LaunchException($"no backend is called '{name}': {string.Join(", ", Names)}"),
    };
}
