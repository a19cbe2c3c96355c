using UniBench.Measure;
using UniBench.Workloads;

namespace UniBench.Tests.Measure;

/// <summary>A made-up run of the pipeline scenario over three backends and two placements; no number here was measured.</summary>
internal static class FabricatedRun
{
    private static readonly MetricSpec Rtt = new("rtt_p50", "ns", Better.Lower);
    private static readonly MetricSpec Rate = new("throughput", "MB/s", Better.Higher);

    /// <param name="rounds">Measured rounds; two warm-up rounds come before them.</param>
    public static RunResults Pipeline(int rounds = 12) => Of(["unikernel", "process", "container"], rounds, Fabricated.Description());

    /// <summary>The same on backends of any name, which say what they are.</summary>
    public static RunResults On(params BackendTraits[] backends)
    {
        RunDescription description = Fabricated.Description();
        return Of([.. backends.Select(b => b.Name)], 12, description with { Environment = description.Environment with { BackendTraits = backends } });
    }

    private static RunResults Of(string[] backends, int rounds, RunDescription description)
    {
        List<PlannedCase> plan = [];
        foreach (string backend in backends)
        {
            foreach (string placement in new[] { "same", "cross" })
            {
                string? missing = backend == "container" && placement == "cross" ? "runc is not installed | see <doctor>" : null;
                plan.AddRange(new[] { "1", "64", "1k", "4k", "16k", "64k" }.Select(size => new PlannedCase(Fabricated.Point("rtt", size, backend, placement), [Rtt], missing)));
                plan.Add(new PlannedCase(Fabricated.Point("stream", "4k", backend, placement), [Rate], missing));
            }
        }

        CasePoint[] scheduled = [.. plan.Where(p => p.NotRunReason is null).Select(p => p.Point)];
        var random = new SplitMix64(5);
        RoundRecord[] records = [.. Schedule.Blocks(scheduled, seed: 42).Take(rounds + 2).SelectMany(b => b).Select(l => Record(l with { Warmup = l.Round < 2 }, random))];
        Finding finding = new(Severity.Error, "backend-missing", "container: runc is not installed", "apt-get install runc");
        return ResultsBuilder.Assemble(description with { RoundsPlanned = rounds }, plan, records, [finding], interrupted: false);
    }

    private static RoundRecord Record(ScheduledLaunch launch, SplitMix64 random)
    {
        CasePoint point = launch.Case;
        double noise = 0.95 + (0.1 * random.NextDouble());
        double backend = point.Backend switch { "unikernel" => 0.05, "sandbox" => 0.08, "process" => 1, _ => 1.1 };
        double placement = point.Placement == "same" ? 4200 : 38000;
        double size = point.Params["size"] switch { "1" => 1, "64" => 64, "1k" => 1024, "4k" => 4096, "16k" => 16384, _ => 65536 };
        bool isRtt = point.Name == "rtt";
        double rtt = Math.Round(((placement * backend) + (size / 4)) * noise, 1);
        bool fails = launch.Round == 5 && point is { Name: "stream", Backend: "container" };
        return Fabricated.Round(point, launch.Round) with
        {
            Order = launch.Order,
            Warmup = launch.Warmup,
            CpuUserS = point is { Backend: "unikernel", Placement: "cross" } ? 1.9 : 0.6,
            Status = fails ? CaseStatus.Failed : CaseStatus.Ok,
            Reason = fails ? "exit status 1: cannot create cgroup" : null,
            Samples = fails ? new Dictionary<string, double>()
                : isRtt ? new Dictionary<string, double> { ["rtt_p50"] = rtt }
                : new Dictionary<string, double> { ["throughput"] = Math.Round(2100 / (0.3 + backend) * noise, 1) },
            Histograms = isRtt && point.Params["size"] == "1"
                ? new Dictionary<string, Histogram> { ["rtt"] = new("ns", [.. Enumerable.Range(0, 12).Select(i => new HistogramBucket((long)(rtt * (0.9 + (0.04 * i * i))), 1000 >> i))]) }
                : new Dictionary<string, Histogram>(),
            Counters = new Dictionary<string, long> { ["forks"] = 1 },
            StealTicks = 0,
        };
    }
}
