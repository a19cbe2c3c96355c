using UniBench.Measure;
using UniBench.Workbench.Scripting;
using UniBench.Workloads;

namespace UniBench.Workbench.Running;

/// <summary>Launches a case once and writes down what came of it.</summary>
internal static class LaunchRecorder
{
    /// <returns>The record, and what it was made of; null where the backend threw.</returns>
    /// <exception cref="OperationCanceledException">The run was interrupted; this launch does not count.</exception>
    public static (RoundRecord Record, LaunchResult? Result) Record(LaunchableCase run, ScheduledLaunch launch, IBackend backend, CancellationToken cancellation)
    {
        RoundRecord record = new()
        {
            CaseId = launch.Case.Id,
            Round = launch.Round,
            Order = launch.Order,
            Warmup = launch.Warmup,
            StartedAt = DateTimeOffset.UtcNow,
            WallS = 0,
            CpuUserS = 0,
            CpuSystemS = 0,
            Status = CaseStatus.Failed,
        };
        foreach (ScratchDirectory scratch in run.Declaration.Changed)
        {
            scratch.Make();
        }

        if (run.Declaration.Preparation is { } command && HostCommand.Run(command, cancellation) is { } failure)
        {
            return (record with { Reason = $"its preparation failed: {failure}" }, null);
        }

        using WorkloadInput input = new(run.Declaration.Input);
        long? steal = StealClock.Read();
        using SystemMemorySampler memory = new();
        LaunchResult result;
        try
        {
            result = backend.Launch(run.Request with { Stdin = input.Descriptor }, cancellation);
        }
        catch (LaunchException e)
        {
            cancellation.ThrowIfCancellationRequested();
            return (record with { Reason = e.Message }, null);
        }

        if (result.Outcome == FamilyOutcome.Cancelled)
        {
            throw new OperationCanceledException(cancellation);
        }

        record = record with
        {
            WallS = result.Wall.TotalSeconds,
            CpuUserS = result.CpuUser.TotalSeconds,
            CpuSystemS = result.CpuSystem.TotalSeconds,
            CpuMonitorS = result.CpuMonitor.TotalSeconds,
            MaxRssBytes = result.MaxRssBytes,
            MemoryMethod = result.MemoryMethod,
            SystemMemoryPeakBytes = memory.Finish(),
            Counters = result.Counters,
            UnsupportedCalls = result.UnsupportedCalls,
            Notes = result.Notes,
            StealTicks = StealClock.Read() - steal,
        };
        SampleLines lines;
        try
        {
            lines = SampleLines.Parse(result.Stdout);
        }
        catch (FormatException e)
        {
            return (record with { Reason = LaunchVerdict.OfEnd(run, result) ?? e.Message }, result);
        }

        SortedDictionary<string, double> samples = Samples(lines, record, result.StartedAt);
        string? reason = LaunchVerdict.OfEnd(run, result) ?? LaunchVerdict.OfSamples(run, lines) ?? run.Declaration.Expected.Unmet(samples);
        record = record with
        {
            Status = reason is null ? CaseStatus.Ok : CaseStatus.Failed,
            Reason = reason,
            Samples = samples,
            Histograms = lines.Histograms,
        };
        return (record, result);
    }

    private static SortedDictionary<string, double> Samples(SampleLines lines, RoundRecord record, long startedAt)
    {
        SortedDictionary<string, double> samples = new(StringComparer.Ordinal);
        foreach ((string name, (string _, double value)) in lines.Samples)
        {
            samples[name] = value;
        }

        samples[BuiltInMetrics.Wall] = record.WallS * 1e3;
        samples[BuiltInMetrics.Cpu] = record.CpuS() * 1e3;
        samples[BuiltInMetrics.MaxRss] = record.MaxRssBytes / 1e6;
        samples[BuiltInMetrics.SystemMemory] = (record.SystemMemoryPeakBytes ?? 0) / 1e6;
        if (samples.TryGetValue(BuiltInMetrics.MainStamp, out double stamp))
        {
            samples[BuiltInMetrics.Start] = (stamp - startedAt) / 1e6;
        }

        return samples;
    }
}
