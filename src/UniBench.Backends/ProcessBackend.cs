using System.Diagnostics;
using UniBench.Kvm;
using UniBench.Monitor;

namespace UniBench.Backends;

/// <summary>Runs workloads as ordinary Linux processes, joined by Linux pipes.</summary>
public sealed class ProcessBackend : IBackend
{
    public string Name => "process";

    public Availability Probe()
    {
        ResourceGroup.Sweep();
        return new Availability();
    }

    public LaunchResult Launch(LaunchRequest request, CancellationToken cancellation)
    {
        foreach (ProcessSpec stage in request.Stages)
        {
            if (!File.Exists(stage.Path))
            {
                throw new EngineException($"{stage.Path}: no such program");
            }
        }

        using StandardStreams streams = new(request);
        using ResourceGroup? group = ResourceGroup.TryCreate();
        SpawnedFamily family = new(group);
        List<HostPipe> pipes = [.. Enumerable.Range(0, request.Stages.Count - 1).Select(_ => new HostPipe())];
        long started = Stopwatch.GetTimestamp();
        FamilyOutcome outcome;
        try
        {
            for (int i = 0; i < request.Stages.Count; i++)
            {
                int input = i == 0 ? streams.Stdin : HostPipe.Number(pipes[i - 1].Reader);
                int output = i == pipes.Count ? streams.Stdout : HostPipe.Number(pipes[i].Writer);
                family.Start(request.Stages[i], request.Environment, [input, output, streams.Stderr], request.Cpus);
            }
        }
        finally
        {
            pipes.ForEach(p => p.Dispose());
        }

        outcome = family.WaitForEnd(request.Timeout, cancellation);
        TimeSpan wall = Stopwatch.GetElapsedTime(started);
        (byte[] stdout, byte[] stderr) = streams.Finish();
        (TimeSpan user, TimeSpan system) = group?.CpuTime() ?? (family.User, family.System);
        return new LaunchResult
        {
            Outcome = outcome,
            Stages = family.Statuses,
            Stdout = stdout,
            Stderr = stderr,
            Wall = wall,
            CpuUser = user,
            CpuSystem = system,
            CpuMonitor = TimeSpan.Zero,
            MaxRssBytes = group?.PeakMemoryBytes() ?? family.MaxRssBytes,
            MemoryMethod = group is null ? "largest resident set of one process (no cgroup v1 here)" : "cgroup peak: anonymous, page cache, kernel memory",
        };
    }

    public void Dispose()
    {
    }
}
