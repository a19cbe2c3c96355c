using UniBench.Backends;
using UniBench.Workloads;

namespace UniBench.Workbench.Running;

/// <summary>The backends of a run: made once, asked once whether they can run here.</summary>
public sealed class BackendSet : IDisposable
{
    private readonly Dictionary<string, IBackend> backends;
    private readonly Dictionary<string, string> unavailable = [];

    /// <exception cref="LaunchException">There is no backend of a name; the message lists those there are.</exception>
    public BackendSet(IEnumerable<string> names)
        : this(names, BackendRegistry.Create)
    {
    }

    /// <param name="create">Makes a backend by its name.</param>
    public BackendSet(IEnumerable<string> names, Func<string, IBackend> create)
    {
        backends = names.ToDictionary(n => n, create);
        foreach ((string name, IBackend backend) in backends)
        {
            if (backend.Probe() is { IsAvailable: false } probe)
            {
                unavailable[name] = probe.Advice is null ? probe.Reason! : $"{probe.Reason}: {probe.Advice}";
            }
        }
    }

    /// <summary>By name.</summary>
    public IReadOnlyDictionary<string, IBackend> All => backends;

    /// <summary>Why, by name, for those that cannot run here.</summary>
    public IReadOnlyDictionary<string, string> Unavailable => unavailable;

    public void Dispose()
    {
        foreach (IBackend backend in backends.Values)
        {
            backend.Dispose();
        }
    }
}
