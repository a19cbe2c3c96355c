using UniBench.Measure;
using UniBench.Monitor;

namespace UniBench.Cli.Scripting;

/// <summary>One experiment of a scenario: a workload over a sweep, and the metrics to keep of it.</summary>
public sealed class CaseDeclaration
{
    private readonly List<MetricSpec> metrics = [];
    private readonly List<string> environment = [];
    private readonly List<Mount> mounts = [];

    internal CaseDeclaration(string name, IReadOnlyList<Parameter> sweep, Func<Point, Workload> build)
    {
        Name = name;
        Sweep = sweep;
        Build = build;
    }

    internal string Name { get; }

    internal IReadOnlyList<Parameter> Sweep { get; }

    internal Func<Point, Workload> Build { get; }

    internal IReadOnlyList<MetricSpec> Metrics => metrics;

    internal IReadOnlyList<Placement> PlacementList { get; private set; } = [Placement.Free];

    internal IReadOnlyList<string>? BackendList { get; private set; }

    internal TimeSpan TimeLimit { get; private set; } = TimeSpan.FromSeconds(60);

    internal long MemoryBytes { get; private set; } = 256L << 20;

    internal int ExpectedCode { get; private set; }

    internal IReadOnlyList<string> Environment => environment;

    internal IReadOnlyList<Mount> Mounts => mounts;

    /// <summary>Keeps a metric: the name and unit of an `@sample` line of the program, or one of the built-in wall_ms, cpu_ms, max_rss_mb, system_memory_mb.</summary>
    public CaseDeclaration Metric(string name, string unit, Better better)
    {
        metrics.Add(new MetricSpec(name, unit, better));
        return this;
    }

    /// <summary>Placements to measure in; free if not said.</summary>
    public CaseDeclaration Placements(params Placement[] placements)
    {
        PlacementList = placements.Length > 0 ? [.. placements.Distinct()] : throw new ScenarioException($"case '{Name}': Placements() needs one placement at least");
        return this;
    }

    /// <summary>Backends to measure on; all if not said.</summary>
    public CaseDeclaration Backends(params string[] backends)
    {
        BackendList = backends;
        return this;
    }

    /// <summary>Time limit of one launch, seconds; 60 if not said.</summary>
    public CaseDeclaration Timeout(double seconds)
    {
        TimeLimit = seconds > 0 ? TimeSpan.FromSeconds(seconds) : throw new ScenarioException($"case '{Name}': a time limit of {seconds} s");
        return this;
    }

    /// <summary>Memory limit of each unikernel process, with a suffix k, m or g; 256m if not said.</summary>
    public CaseDeclaration Memory(string size)
    {
        MemoryBytes = long.TryParse(Parameter.Normalize(size), System.Globalization.CultureInfo.InvariantCulture, out long bytes) && bytes > 0
            ? bytes
            : throw new ScenarioException($"case '{Name}': '{size}' is not a size");
        return this;
    }

    /// <summary>An environment variable of the workload.</summary>
    public CaseDeclaration Env(string name, string value)
    {
        environment.Add($"{name}={value}");
        return this;
    }

    /// <summary>Lets the workload see a host directory.</summary>
    public CaseDeclaration Mount(string host, string guest, bool writable = false)
    {
        mounts.Add(new Mount(Path.GetFullPath(host), guest, writable));
        return this;
    }

    /// <summary>Exit code of the last stage that counts as success; 0 if not said.</summary>
    public CaseDeclaration Expect(int exitCode)
    {
        ExpectedCode = exitCode;
        return this;
    }
}
