using System.Diagnostics;
using UniBench.Monitor;
using UniBench.Workloads;

namespace UniBench.Backends;

/// <summary>Runs workloads on the engine of this process, on one of its platforms; machines stay warm from launch to launch.</summary>
public sealed class EngineBackend(EnginePlatform platform) : IBackend
{
    private readonly Lazy<(UnikernelHost? Host, string? Error)> host = new(() => Open(platform));

    public BackendTraits Traits => platform.Traits;

    public Availability Probe() => host.Value.Error is { } error ? new Availability(error, platform.Advice) : new Availability();

    /// <summary>System calls of the host that threads which serve guests may make.</summary>
    public static int ThreadCalls => UnikernelHost.ThreadCalls;

    /// <summary>What the engine's basic operations cost on this platform; null where it cannot run.</summary>
    /// <exception cref="EngineException">The measuring program could not be run.</exception>
    public EngineCosts? MeasureCosts() => host.Value.Host?.MeasureCosts();

    public string? Refusal(LaunchRequest request) =>
        request.WorkingDirectory == "/" || (GrantedFiles.HostPath(request.Mounts, request.WorkingDirectory) is { } there && Directory.Exists(there)) ? null
            : $"{platform.Traits.Name}: no mount holds a directory {request.WorkingDirectory} to start in";

    public LaunchResult Launch(LaunchRequest request, CancellationToken cancellation)
    {
        if (Refusal(request) is { } refusal)
        {
            throw new LaunchException(refusal);
        }

        UnikernelHost engine = host.Value.Host ?? throw new LaunchException(host.Value.Error!);
        using StandardStreams streams = new(request);
        using FaultInjector faults = new(request.Faults);
        engine.Prepare();
        long started = Stopwatch.GetTimestamp();
        FamilyResult family = engine.Run(
            new FamilySpec
            {
                Stages = [.. request.Stages.Select(s => ScriptFile.Interpret(s, request.Mounts))],
                Environment = request.Environment,
                Stdin = streams.Stdin,
                Stdout = streams.Stdout,
                Stderr = streams.Stderr,
                MemoryBytes = request.MemoryBytes,
                Timeout = request.Timeout,
                Cpus = request.Cpus,
                Mounts = request.Mounts,
                WorkingDirectory = request.WorkingDirectory,
                TerminalSignals = request.TerminalSignals,
                KeepProcesses = request.KeepProcesses,
                Trace = request.Trace,
                Timeline = request.Timeline,
                Spin = request.Spin,
                Started = faults.Start,
            },
            cancellation);
        (byte[] stdout, byte[] stderr) = streams.Finish(family.Outcome);
        return new LaunchResult
        {
            Outcome = family.Outcome,
            Stages = family.Stages,
            Stdout = stdout,
            Stderr = stderr,
            StartedAt = started,
            Wall = family.Wall,
            CpuUser = family.CpuUser,
            CpuSystem = family.CpuSystem,
            CpuMonitor = family.CpuMonitor,
            MaxRssBytes = family.PeakMemoryBytes,
            MemoryMethod = "guest memory in use, without the kernel's share",
            Counters = family.Counters,
            Processes = family.Processes,
            UnsupportedCalls = family.UnsupportedCalls,
            MissedFaults = faults.Finish(),
            Notes = [.. family.Crashes.Select(c => c.Text), .. family.LimitsHit],
        };
    }

    public void Dispose()
    {
        if (host.IsValueCreated)
        {
            host.Value.Host?.Dispose();
        }
    }

    private static (UnikernelHost? Host, string? Error) Open(EnginePlatform platform)
    {
        try
        {
            return (platform.Open(), null);
        }
        catch (LaunchException e)
        {
            return (null, e.Message);
        }
    }
}
