using System.Diagnostics;
using System.Globalization;
using UniBench.Monitor;

namespace UniBench.Backends;

/// <summary>Runs workloads in an OCI container: one container around the whole workload, made and removed for each launch.</summary>
/// <remarks>Wall time is that of the runtime's `run` command, so a launch of a short program measures starting a container.</remarks>
public sealed class ContainerBackend : IBackend
{
    private const string BundlePrefix = "unibench-bundle-";
    private static readonly string[] Candidates = ["runc", "crun", "podman"];
    private static int counter;
    private readonly Lazy<(OciRuntime? Runtime, Availability Availability)> found = new(Find);

    public string Name => "container";

    /// <summary>Name and version of the runtime, once found.</summary>
    public string? RuntimeVersion => found.Value.Runtime?.Version;

    public Availability Probe() => found.Value.Availability;

    public LaunchResult Launch(LaunchRequest request, CancellationToken cancellation)
    {
        OciRuntime runtime = found.Value.Runtime ?? throw new EngineException($"container: {found.Value.Availability.Reason}");
        string id = string.Create(CultureInfo.InvariantCulture, $"unibench-{Environment.ProcessId}-{Interlocked.Increment(ref counter)}");
        using ContainerBundle bundle = ContainerBundle.Create(Path.Combine(Path.GetTempPath(), $"{BundlePrefix}{id}"), request);
        using StandardStreams streams = new(request);
        using ResourceGroup? group = ResourceGroup.TryCreate();
        bundle.WriteConfiguration(group is null ? null : $"/{group.Name}/{id}");
        SpawnedFamily family = new(null);
        FamilyOutcome outcome;
        TimeSpan wall;
        long started = Stopwatch.GetTimestamp();
        try
        {
            family.Start(
                new ProcessSpec(runtime.Path, [runtime.Name, .. runtime.RunArguments(bundle, id)]),
                ["PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "HOME=/root", "XDG_RUNTIME_DIR=/run"],
                [streams.Stdin, streams.Stdout, streams.Stderr, .. bundle.StatusDescriptors],
                []);
            outcome = family.WaitForEnd(request.Timeout, cancellation);
            wall = Stopwatch.GetElapsedTime(started);
        }
        finally
        {
            runtime.Remove(id);
            group?.KillAll();
        }

        (byte[] stdout, byte[] stderr) = streams.Finish();
        (TimeSpan user, TimeSpan system) = group?.CpuTime() ?? (family.User, family.System);
        TimeSpan all = family.User + family.System;
        TimeSpan monitor = group is null ? TimeSpan.Zero : TimeSpan.FromTicks(Math.Max(0, (all - user - system).Ticks));
        return new LaunchResult
        {
            Outcome = outcome,
            Stages = bundle.StageStatuses(family.Statuses[0], outcome),
            Stdout = stdout,
            Stderr = stderr,
            StartedAt = started,
            Wall = wall,
            CpuUser = user,
            CpuSystem = system,
            CpuMonitor = monitor,
            MaxRssBytes = group?.PeakMemoryBytes() ?? family.MaxRssBytes,
            MemoryMethod = group is null ? "largest resident set of one process (no cgroup v1 here)" : "cgroup peak: anonymous, page cache, kernel memory",
        };
    }

    public void Dispose()
    {
    }

    private static (OciRuntime? Runtime, Availability Availability) Find()
    {
        if (!Environment.IsPrivilegedProcess)
        {
            return (null, new Availability("containers are run as root here", "run as root or with sudo"));
        }

        List<string> reasons = [];
        foreach (string candidate in Candidates)
        {
            OciRuntime? runtime = OciRuntime.TryFind(candidate, out string reason);
            if (runtime is not null)
            {
                Sweep(runtime);
                return (runtime, new Availability());
            }

            reasons.Add(reason);
        }

        return (null, new Availability(string.Join("; ", reasons), "apt-get install runc"));
    }

    /// <summary>Removes what a killed unibench left behind.</summary>
    private static void Sweep(OciRuntime runtime)
    {
        foreach (string directory in Directory.EnumerateDirectories(Path.GetTempPath(), $"{BundlePrefix}unibench-*"))
        {
            string id = Path.GetFileName(directory)[BundlePrefix.Length..];
            if (int.TryParse(id.Split('-')[1], CultureInfo.InvariantCulture, out int pid) && !Directory.Exists($"/proc/{pid}"))
            {
                runtime.Remove(id);
                Directory.Delete(directory, recursive: true);
            }
        }

        ResourceGroup.Sweep();
    }
}
