using System.Diagnostics;
using System.Runtime.ExceptionServices;
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
        long started = StartAll(request, family, pipes, streams, group);
        FamilyOutcome outcome = family.WaitForEnd(request.Timeout, cancellation);
        TimeSpan wall = Stopwatch.GetElapsedTime(started);
        (byte[] stdout, byte[] stderr) = streams.Finish();
        (TimeSpan user, TimeSpan system) = group?.CpuTime() ?? (family.User, family.System);
        return new LaunchResult
        {
            Outcome = outcome,
            Stages = family.Statuses,
            Stdout = stdout,
            Stderr = stderr,
            StartedAt = started,
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

    /// <summary>Starts every stage from a thread of its own, which joins the group before the clock starts and leaves it by ending.</summary>
    /// <returns>The instant just before the first start.</returns>
    private static long StartAll(LaunchRequest request, SpawnedFamily family, List<HostPipe> pipes, StandardStreams streams, ResourceGroup? group)
    {
        long started = 0;
        ExceptionDispatchInfo? failure = null;
        Thread starter = new(() =>
        {
            try
            {
                group?.Join();
                started = Stopwatch.GetTimestamp();
                for (int i = 0; i < request.Stages.Count; i++)
                {
                    int input = i == 0 ? streams.Stdin : HostPipe.Number(pipes[i - 1].Reader);
                    int output = i == pipes.Count ? streams.Stdout : HostPipe.Number(pipes[i].Writer);
                    family.Start(request.Stages[i], request.Environment, [input, output, streams.Stderr], request.Cpus);
                }
            }
            catch (Exception e)
            {
                failure = ExceptionDispatchInfo.Capture(e);
            }
            finally
            {
                pipes.ForEach(p => p.Dispose());
            }
        })
        {
            IsBackground = true,
            Name = "starter",
        };
        starter.Start();
        starter.Join();
        failure?.Throw();
        return started;
    }
}
