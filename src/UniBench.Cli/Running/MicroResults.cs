using System.Text.Json;
using UniBench.Backends;
using UniBench.Measure;
using UniBench.Workbench;
using UniBench.Workbench.Running;

namespace UniBench.Cli.Running;

/// <summary>Results of BenchmarkDotNet as results of ours: a benchmark is a case, each of its measured iterations a round.</summary>
internal static class MicroResults
{
    public const string Scenario = "micro";

    /// <summary>A benchmark that runs on several backends says by this parameter on which.</summary>
    private const string BackendParameter = "backend";

    private static readonly MetricSpec Time = new("time", "ns", Better.Lower);

    /// <param name="artifacts">Where BenchmarkDotNet put its full JSON files.</param>
    /// <param name="directory">Where results and report go.</param>
    /// <returns>Null if nothing was measured.</returns>
    /// <exception cref="UsageException">A file is not what BenchmarkDotNet writes, or the directory cannot be written to.</exception>
    public static LaunchLog? Read(string artifacts, string directory, RunEnvironment environment)
    {
        List<PlannedCase> plan = [];
        List<RoundRecord> rounds = [];
        foreach (string file in Directory.EnumerateFiles(artifacts, "*-report-full.json", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            try
            {
                using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(file));
                foreach (JsonElement benchmark in document.RootElement.GetProperty("Benchmarks").EnumerateArray())
                {
                    Add(benchmark, plan, rounds);
                }
            }
            catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
            {
                throw new UsageException($"{file}: not a full JSON report of BenchmarkDotNet: {e.Message}");
            }
        }

        if (plan.Count == 0)
        {
            return null;
        }

        RunDescription description = new()
        {
            Title = "What do the engine's own operations cost?",
            Description = "Benchmarks of BenchmarkDotNet; a round is one of its measured iterations, so rounds of different cases are not paired. CPU time and memory are not taken.",
            Environment = environment,
            Scenario = new ScenarioInfo(Scenario, "", []),
            RoundsPlanned = rounds.Max(r => r.Round) + 1,
        };
        return new LaunchLog(directory, description, plan, [], rounds);
    }

    private static void Add(JsonElement benchmark, List<PlannedCase> plan, List<RoundRecord> rounds)
    {
        Dictionary<string, string> parameters = Parameters(benchmark.GetProperty("Parameters").GetString() ?? "");
        CasePoint point = new()
        {
            Scenario = Scenario,
            Name = $"{benchmark.GetProperty("Type").GetString()}.{benchmark.GetProperty("Method").GetString()}",
            Params = parameters,
            Backend = parameters.Remove(BackendParameter, out string? backend) ? backend : BackendRegistry.Engines[0],
            Placement = "free",
        };
        plan.Add(new PlannedCase(point, [Time]));
        int round = 0;
        foreach (JsonElement iteration in benchmark.GetProperty("Measurements").EnumerateArray())
        {
            if (iteration.GetProperty("IterationMode").GetString() != "Workload" || iteration.GetProperty("IterationStage").GetString() != "Result")
            {
                continue;
            }

            double ns = iteration.GetProperty("Nanoseconds").GetDouble();
            rounds.Add(new RoundRecord
            {
                CaseId = point.Id,
                Round = round++,
                Order = plan.Count - 1,
                StartedAt = DateTimeOffset.UtcNow,
                WallS = ns / 1e9,
                CpuUserS = 0,
                CpuSystemS = 0,
                Status = CaseStatus.Ok,
                Samples = new Dictionary<string, double> { [Time.Name] = ns / iteration.GetProperty("Operations").GetDouble() },
            });
        }
    }

    /// <summary>"heap=0&amp;Program=busybox" as BenchmarkDotNet has it.</summary>
    private static Dictionary<string, string> Parameters(string text) =>
        text.Split('&', StringSplitOptions.RemoveEmptyEntries).Select(p => p.Split('=', 2)).ToDictionary(p => p[0], p => p.Length > 1 ? p[1] : "");
}
