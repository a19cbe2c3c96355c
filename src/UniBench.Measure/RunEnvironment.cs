using UniBench.Workloads;

namespace UniBench.Measure;

/// <summary>Where and how a run was made; whatever could change a number.</summary>
public sealed record RunEnvironment
{
    public required string Cpu { get; init; }

    /// <summary>Its name among machines of its kind; null where it was not kept, and where there were several.</summary>
    public string? Machine { get; init; }

    public required string Kernel { get; init; }

    /// <summary>"bare metal", "nested" or why there is none.</summary>
    public required string Kvm { get; init; }

    public required int Cores { get; init; }

    /// <summary>"on", "off" or "unknown".</summary>
    public string Smt { get; init; } = "unknown";

    public string Governor { get; init; } = "unknown";

    public long MemoryBytes { get; init; }

    public required string ToolVersion { get; init; }

    /// <summary>Null outside a git checkout.</summary>
    public string? GitCommit { get; init; }

    public string ClockSource { get; init; } = "unknown";

    /// <summary>SHA-256 by program name.</summary>
    public IReadOnlyDictionary<string, string> BinaryHashes { get; init; } = new Dictionary<string, string>();

    /// <summary>Version by backend name, for example container: runc 1.1.15.</summary>
    public IReadOnlyDictionary<string, string> Backends { get; init; } = new Dictionary<string, string>();

    /// <summary>What the backends are; empty in runs of an UniBench that did not keep it.</summary>
    public IReadOnlyList<BackendTraits> BackendTraits { get; init; } = [];

    /// <summary>Limits of the host that bound a run, for example open files.</summary>
    public IReadOnlyDictionary<string, string> HostLimits { get; init; } = new Dictionary<string, string>();

    /// <summary>Arguments of unibench, as a shell would take them.</summary>
    public required string CommandLine { get; init; }

    /// <summary>Seed of the shuffled order.</summary>
    public required long Seed { get; init; }

    public required DateTimeOffset Started { get; init; }

    /// <summary>Which backend every other is compared with. A method, so that it is not written to results.json.</summary>
    public string Reference() => BackendTraits.FirstOrDefault(t => t.IsReference)?.Name ?? EarlierBackends.Reference;

    /// <summary>What a backend is: as the run kept it, as it is known of earlier runs, else a name and nothing more.</summary>
    public BackendTraits TraitsOf(string backend) =>
        BackendTraits.FirstOrDefault(t => t.Name == backend) ?? EarlierBackends.Of(backend) ?? new BackendTraits { Name = backend };

    /// <summary>Each once, in the order in which reports show them.</summary>
    public IEnumerable<string> InOrder(IEnumerable<string> backends) =>
        backends.Distinct().OrderBy(b => TraitsOf(b).Order).ThenBy(b => b, StringComparer.Ordinal);
}
