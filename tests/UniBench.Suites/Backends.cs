using UniBench.Backends;
using UniBench.Workloads;

namespace UniBench.Suites;

/// <summary>Linux, and the engines that can run here.</summary>
internal sealed class Backends : IDisposable
{
    public const string Linux = "process";

    /// <param name="named">Engines, divided by commas; these must be able to run. Empty: those that can.</param>
    /// <exception cref="LaunchException">One that was named cannot run, or none can.</exception>
    public Backends(string named)
    {
        List<IBackend> usable = [BackendRegistry.Create(Linux)];
        List<string> missing = [];
        foreach (string name in named.Length > 0 ? named.Split(',') : BackendRegistry.Engines)
        {
            IBackend backend = BackendRegistry.Create(name);
            if (backend.Probe() is { IsAvailable: false } lack)
            {
                missing.Add($"{name}: {lack.Reason}");
                backend.Dispose();
            }
            else
            {
                usable.Add(backend);
            }
        }

        All = usable;
        if (usable.Count == 1 || (named.Length > 0 && missing.Count > 0))
        {
            Dispose();
            throw new LaunchException(string.Join("; ", missing));
        }

        missing.ForEach(Console.WriteLine);
    }

    public IReadOnlyList<IBackend> All { get; }

    public IReadOnlyList<string> Engines => [.. All.Skip(1).Select(b => b.Name)];

    public void Dispose()
    {
        foreach (IBackend backend in All)
        {
            backend.Dispose();
        }
    }
}
