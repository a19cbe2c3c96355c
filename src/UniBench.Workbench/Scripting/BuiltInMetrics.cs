namespace UniBench.Workbench.Scripting;

/// <summary>Metrics that every launch has, whatever its programs print; a case keeps them by name.</summary>
public static class BuiltInMetrics
{
    /// <summary>Milliseconds from just before the first process is started until the last one is reaped.</summary>
    public const string Wall = "wall_ms";

    /// <summary>CPU milliseconds of the whole family: user, system, and what the backend's helpers took.</summary>
    public const string Cpu = "cpu_ms";

    /// <summary>Peak memory of the whole family, 10^6 bytes, as the backend counts it.</summary>
    public const string MaxRss = "max_rss_mb";

    /// <summary>Growth of the whole machine's memory use at its peak, 10^6 bytes: counted alike for every backend, but coarse.</summary>
    public const string SystemMemory = "system_memory_mb";

    /// <summary>
    /// Milliseconds from just before the first process is started (the container runtime, on that backend) to the first statement
    /// of main. Only where the program prints main_stamp, as `spawn --once` does.
    /// </summary>
    public const string Start = "start_ms";

    /// <summary>The sample that <see cref="Start"/> is computed from: CLOCK_MONOTONIC, ns.</summary>
    internal const string MainStamp = "main_stamp";

    /// <summary>Their units by name.</summary>
    public static IReadOnlyDictionary<string, string> Units { get; } = new Dictionary<string, string>
    {
        [Wall] = "ms",
        [Cpu] = "ms",
        [MaxRss] = "MB",
        [SystemMemory] = "MB",
        [Start] = "ms",
    };
}
