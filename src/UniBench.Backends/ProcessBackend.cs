using UniBench.Host;
using UniBench.Workloads;

namespace UniBench.Backends;

/// <summary>Runs workloads as ordinary Linux processes, joined by Linux pipes.</summary>
public sealed class ProcessBackend : IBackend
{
    private readonly Lazy<Availability> available = new(() =>
    {
        CgroupLeftovers.Sweep();
        return new Availability();
    });

    /// <summary>What it is, without making one.</summary>
    public static BackendTraits Kind { get; } = new()
    {
        Name = "process",
        Order = 20,
        Look = new("#1f2328", "#e6edf3", "square"),
        SeesHostFiles = true,
        IsReference = true,
        Words = new Dictionary<string, BackendWords>
        {
            ["en"] = new("as a process", "that of Linux between processes, no more", "posix_spawn", "the processes', the host's kernel for them included"),
            ["el"] = new("ως διεργασία", "όση δίνει το Linux μεταξύ διεργασιών, τίποτε άλλο", "posix_spawn", "των διεργασιών, μαζί με τον πυρήνα του host για αυτές"),
        },
    };

    public BackendTraits Traits => Kind;

    public Availability Probe() => available.Value;

    /// <remarks>A Linux process has the host's files, all of them, with its user's rights: nothing can be elsewhere, and read-only is not enforced.</remarks>
    public string? Refusal(LaunchRequest request) =>
        request.Mounts.FirstOrDefault(m => !GrantedFiles.IsAtOwnPath(m)) is { } elsewhere
            ? $"process: a Linux process sees the host's own files, so {elsewhere.HostPath} cannot be at {elsewhere.GuestPath}: mount it at its own path, or leave this backend out"
            : Directory.Exists(request.WorkingDirectory) ? null
            : $"process: there is no directory {request.WorkingDirectory} to start in";

    public LaunchResult Launch(LaunchRequest request, CancellationToken cancellation)
    {
        ProgramFile.CheckAll(request.Stages);
        if (Refusal(request) is { } refusal)
        {
            throw new LaunchException(refusal);
        }

        _ = Probe();
        using StandardStreams streams = new(request);
        using ResourceGroup? group = ResourceGroup.TryCreate();
        using FaultInjector faults = new(request.Faults);
        using ProcessSpreader? spreader = ProcessSpreader.TryStart(group, request.Cpus);
        List<HostPipe> pipes = [];
        FamilyRun run;
        try
        {
            while (pipes.Count < request.Stages.Count - 1)
            {
                pipes.Add(new HostPipe());
            }

            List<ProcessStart> starts = [.. request.Stages.Select((stage, i) => new ProcessStart(
                stage,
                request.Environment,
                request.WorkingDirectory,
                [
                    i == 0 ? streams.Stdin : HostPipe.Number(pipes[i - 1].Reader),
                    i == pipes.Count ? streams.Stdout : HostPipe.Number(pipes[i].Writer),
                    streams.Stderr,
                ]))];
            run = new SpawnedFamily(group, streams.ReadsTerminal, request.Faults.Count > 0 ? faults.Start : null).Run(starts, ClosePipes, request.Cpus, request.Timeout, cancellation);
        }
        finally
        {
            ClosePipes();
        }

        spreader?.Dispose();
        (byte[] stdout, byte[] stderr) = streams.Finish(run.Outcome);
        return new LaunchResult
        {
            Outcome = run.Outcome,
            Stages = run.Statuses,
            Stdout = stdout,
            Stderr = stderr,
            StartedAt = run.StartedAt,
            Wall = run.Wall,
            CpuUser = run.CpuUser,
            CpuSystem = run.CpuSystem,
            CpuMonitor = run.CpuStarter + (spreader?.CpuTime ?? TimeSpan.Zero),
            MaxRssBytes = run.MaxRssBytes,
            MemoryMethod = group?.MemoryMethod ?? $"largest resident set of one process ({ResourceGroup.Unavailable})",
            MissedFaults = faults.Finish(),
            Notes = request.Cpus.Count > 1 && spreader is null ? [ProcessSpreader.Missing] : [],
        };

        void ClosePipes() => pipes.ForEach(p => p.Dispose());
    }

    public void Dispose()
    {
    }
}
