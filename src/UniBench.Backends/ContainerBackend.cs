using System.Globalization;
using UniBench.Workloads;

namespace UniBench.Backends;

/// <summary>Runs workloads in an OCI container: one container around the whole workload, made and removed for each launch.</summary>
/// <remarks>
/// Wall time is that of the runtime's `run` command, which makes, starts, awaits and deletes the container, so a launch of a
/// short program measures starting a container. Writing the bundle and the cgroup lies outside.
/// </remarks>
public sealed class ContainerBackend : IBackend
{
    private static readonly string[] Candidates = ["runc", "crun", "podman"];
    private static readonly string[] RuntimeEnvironment = ["PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "HOME=/root", "XDG_RUNTIME_DIR=/run"];
    private static int counter;
    private readonly Lazy<(OciRuntime? Runtime, Availability Availability)> found = new(Find);

    /// <summary>What it is, without making one.</summary>
    public static BackendTraits Kind { get; } = new()
    {
        Name = "container",
        Order = 30,
        Look = new("#d55e00", "#f28e2b", "triangle"),
        Words = new Dictionary<string, BackendWords>
        {
            ["en"] = new("in a container", "Linux namespaces around the whole workload, no seccomp filter", "the container runtime making the container", "the container's cgroup's and the runtime's"),
            ["el"] = new("σε container", "namespaces του Linux γύρω από όλο τον φόρτο, χωρίς φίλτρο seccomp", "τη δημιουργία του container από το πρόγραμμα εκτέλεσης containers", "του cgroup του container και του προγράμματος εκτέλεσης"),
        },
    };

    public BackendTraits Traits => Kind;

    /// <summary>Name and version of the runtime, once found.</summary>
    public string? Detail => found.Value.Runtime?.Version;

    public Availability Probe() => found.Value.Availability;

    public string? Refusal(LaunchRequest request) => ContainerFiles.Refusal(request) is { } reason ? $"container: {reason}" : null;

    public LaunchResult Launch(LaunchRequest request, CancellationToken cancellation)
    {
        ProgramFile.CheckAll(request.Stages);
        if (Refusal(request) is { } refusal)
        {
            throw new LaunchException(refusal);
        }

        OciRuntime runtime = found.Value.Runtime ?? throw new LaunchException($"container: {found.Value.Availability.Reason}");
        return Launch(runtime, request, cancellation);
    }

    public void Dispose()
    {
    }

    private static LaunchResult Launch(OciRuntime runtime, LaunchRequest request, CancellationToken cancellation)
    {
        string id = string.Create(CultureInfo.InvariantCulture, $"{CgroupLeftovers.Prefix}{Environment.ProcessId}-{Interlocked.Increment(ref counter)}");
        using ContainerBundle bundle = ContainerBundle.Create(id, request);
        using StandardStreams streams = new(request);
        using ResourceGroup? group = ResourceGroup.TryCreate();
        bundle.WriteConfiguration(group is null ? null : $"/{group.Name}/{id}", runtime.ReadOnlyOption);
        ProcessStart start = new(
            new ProcessSpec(runtime.Path, [runtime.Name, .. runtime.RunArguments(bundle, id, group?.Name)]),
            RuntimeEnvironment,
            "/",
            [streams.Stdin, streams.Stdout, streams.Stderr, .. bundle.StatusDescriptors]);
        using ProcessSpreader? spreader = ProcessSpreader.TryStart(group, request.Cpus);
        FamilyRun? run = null;
        try
        {
            run = new SpawnedFamily(null, streams.ReadsTerminal).Run([start], () => { }, [], request.Timeout, cancellation);
        }
        finally
        {
            if (run is not { Outcome: FamilyOutcome.Completed } || !run.Statuses[0].IsSuccess)
            {
                // Only a runtime that ended well is known to have deleted its container.
                runtime.Remove(id);
                group?.KillAll();
            }
        }

        spreader?.Dispose();
        (byte[] stdout, byte[] stderr) = streams.Finish(run.Outcome);
        if (run.Outcome == FamilyOutcome.Completed && runtime.Failure(bundle, run.Statuses[0].Code) is { } failure)
        {
            throw new LaunchException($"{runtime.Name}: {failure}");
        }

        // The runtime waits for what it started, so its times hold the container's; the group says how much of them.
        (TimeSpan user, TimeSpan system) = group?.CpuTime() ?? (run.CpuUser, run.CpuSystem);
        TimeSpan runtimeOnly = run.CpuUser + run.CpuSystem - user - system;
        return new LaunchResult
        {
            Outcome = run.Outcome,
            Stages = bundle.StageStatuses(run.Statuses[0], run.Outcome),
            Stdout = stdout,
            Stderr = stderr,
            StartedAt = run.StartedAt,
            Wall = run.Wall,
            CpuUser = user,
            CpuSystem = system,
            CpuMonitor = run.CpuStarter + (spreader?.CpuTime ?? TimeSpan.Zero) + (runtimeOnly > TimeSpan.Zero ? runtimeOnly : TimeSpan.Zero),
            MissedFaults = bundle.MissedFaults,
            MaxRssBytes = group?.PeakMemoryBytes() ?? run.MaxRssBytes,
            MemoryMethod = group?.MemoryMethod ?? $"largest resident set of one process, the runtime's included ({ResourceGroup.Unavailable})",
            Notes = request.Cpus.Count > 1 && spreader is null ? [ProcessSpreader.Missing] : [],
        };
    }

    private static (OciRuntime? Runtime, Availability Availability) Find()
    {
        if (!Environment.IsPrivilegedProcess)
        {
            return (null, new Availability("containers are run as root here", "run as root or with sudo"));
        }

        CgroupLeftovers.Sweep();
        List<string> reasons = [];
        foreach (string candidate in Candidates)
        {
            OciRuntime? runtime = OciRuntime.TryFind(candidate, out string reason);
            if (runtime is not null)
            {
                ContainerBundle.Sweep(runtime.Remove);
                if (WhyItCannotRun(runtime) is not { } why)
                {
                    return (runtime, new Availability());
                }

                reason = $"{candidate} cannot run a container here: {why}";
            }

            reasons.Add(reason);
        }

        return (null, new Availability(string.Join("; ", reasons), "install a runtime that works here: apt-get install runc"));
    }

    /// <summary>Tries the smallest container there is: a runtime that is installed may still not work with this machine's cgroups.</summary>
    private static string? WhyItCannotRun(OciRuntime runtime)
    {
        try
        {
            LaunchRequest smallest = new() { Stages = [new ProcessSpec(ContainerBundle.LauncherPath, ["launch"])], Timeout = TimeSpan.FromSeconds(20) };
            LaunchResult result = Launch(runtime, smallest, CancellationToken.None);
            return result.Outcome == FamilyOutcome.Completed && result.Stages[0].IsSuccess ? null
                : $"a first container ended with {result.Stages[0]} ({result.Outcome}) {System.Text.Encoding.UTF8.GetString(result.Stderr).Trim()}";
        }
        catch (LaunchException e)
        {
            return e.Message;
        }
    }
}
