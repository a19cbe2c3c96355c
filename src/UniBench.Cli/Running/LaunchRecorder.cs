using System.Globalization;
using System.Text;
using UniBench.Backends;
using UniBench.Measure;
using UniBench.Monitor;

namespace UniBench.Cli.Running;

/// <summary>Launches a case once and writes down what came of it.</summary>
internal static class LaunchRecorder
{
    /// <exception cref="OperationCanceledException">The run was interrupted; this launch does not count.</exception>
    public static RoundRecord Record(PlannedRun run, ScheduledLaunch launch, IBackend backend, CancellationToken cancellation)
    {
        DateTimeOffset started = DateTimeOffset.UtcNow;
        long steal = StealTicks();
        using SystemMemorySampler memory = new();
        LaunchResult result;
        try
        {
            result = backend.Launch(run.Request, cancellation);
        }
        catch (EngineException e)
        {
            return Failure(e.Message);
        }

        cancellation.ThrowIfCancellationRequested();
        long systemMemory = memory.Finish();
        Dictionary<string, double> samples = [];
        IReadOnlyDictionary<string, Histogram> histograms = new Dictionary<string, Histogram>();
        string? reason = Verdict(run, result);
        try
        {
            SampleLines lines = SampleLines.Parse(result.Stdout);
            histograms = lines.Histograms;
            foreach ((string name, (string _, double value)) in lines.Samples)
            {
                samples[name] = value;
            }

            reason ??= MissingOrOtherUnit(run, lines);
        }
        catch (FormatException e)
        {
            reason ??= e.Message;
        }

        samples["wall_ms"] = result.Wall.TotalMilliseconds;
        samples["cpu_ms"] = (result.CpuUser + result.CpuSystem + result.CpuMonitor).TotalMilliseconds;
        samples["max_rss_mb"] = result.MaxRssBytes / 1e6;
        samples["system_memory_mb"] = systemMemory / 1e6;
        return new RoundRecord
        {
            CaseId = launch.Case.Id,
            Round = launch.Round,
            Order = launch.Order,
            Warmup = launch.Warmup,
            StartedAt = started,
            WallS = result.Wall.TotalSeconds,
            CpuUserS = result.CpuUser.TotalSeconds,
            CpuSystemS = result.CpuSystem.TotalSeconds,
            CpuMonitorS = result.CpuMonitor.TotalSeconds,
            MaxRssBytes = result.MaxRssBytes,
            MemoryMethod = result.MemoryMethod,
            SystemMemoryPeakBytes = systemMemory,
            Status = reason is null ? "ok" : "failed",
            Reason = reason,
            Samples = samples,
            Histograms = histograms,
            Counters = result.Counters,
            UnsupportedCalls = result.UnsupportedCalls,
            Notes = result.Notes,
            StealTicks = StealTicks() - steal,
        };

        RoundRecord Failure(string why) => new()
        {
            CaseId = launch.Case.Id,
            Round = launch.Round,
            Order = launch.Order,
            Warmup = launch.Warmup,
            StartedAt = started,
            WallS = 0,
            CpuUserS = 0,
            CpuSystemS = 0,
            Status = "failed",
            Reason = why,
        };
    }

    private static string? Verdict(PlannedRun run, LaunchResult result)
    {
        if (result.Outcome == FamilyOutcome.TimedOut)
        {
            return string.Create(CultureInfo.InvariantCulture, $"did not end within {run.Request.Timeout!.Value.TotalSeconds:0.#} s");
        }

        // Like a shell without pipefail: the last stage decides; others may die of SIGPIPE.
        ExitStatus last = result.Stages[^1];
        if (last.Signal == 0 && last.Code == run.Declaration.ExpectedCode)
        {
            return null;
        }

        string errors = Encoding.UTF8.GetString(result.Stderr).Trim();
        return $"{Path.GetFileName(run.Request.Stages[^1].Path)}: {last}, expected exit {run.Declaration.ExpectedCode}" +
            (errors.Length > 0 ? $": {errors[..Math.Min(300, errors.Length)]}" : string.Empty);
    }

    private static string? MissingOrOtherUnit(PlannedRun run, SampleLines lines)
    {
        foreach (MetricSpec metric in run.Declaration.Metrics)
        {
            if (metric.Name is "wall_ms" or "cpu_ms" or "max_rss_mb" or "system_memory_mb")
            {
                continue;
            }

            if (!lines.Samples.TryGetValue(metric.Name, out (string Unit, double Value) sample))
            {
                return $"the program printed no sample '{metric.Name}'; it printed: {(lines.Samples.Count == 0 ? "none" : string.Join(", ", lines.Samples.Keys))}";
            }

            if (sample.Unit != metric.Unit)
            {
                return $"sample '{metric.Name}' is in {sample.Unit}, the scenario says {metric.Unit}";
            }
        }

        return null;
    }

    /// <summary>Clock ticks that the hypervisor has taken from this machine.</summary>
    private static long StealTicks()
    {
        string[] words = File.ReadLines("/proc/stat").First().Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words.Length > 8 ? long.Parse(words[8], CultureInfo.InvariantCulture) : 0;
    }
}
