using UniBench.Measure;

namespace UniBench.Tests.Measure;

/// <summary>Made-up runs for the tests of statistics and reports; no number here was measured.</summary>
internal static class Fabricated
{
    public static readonly DateTimeOffset Started = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    public static CasePoint Point(string name, string size, string backend, string placement) => new()
    {
        Scenario = "pipeline",
        Name = name,
        Params = new Dictionary<string, string> { ["size"] = size },
        Backend = backend,
        Placement = placement,
    };

    public static RoundRecord Round(CasePoint point, int round) => new()
    {
        CaseId = point.Id,
        Round = round,
        Order = 0,
        StartedAt = Started.AddSeconds(round),
        WallS = 1,
        CpuUserS = 0.5,
        CpuSystemS = 0.3,
        CpuMonitorS = point.Backend == "process" ? 0 : 0.05,
        MaxRssBytes = 3 << 20,
        MemoryMethod = "sum of peaks",
        Status = CaseStatus.Ok,
    };

    public static RunDescription Description() => new()
    {
        Title = "Pipes between two processes",
        Questions = ["How long does a byte take through a pipe and back?"],
        Description = "Two processes and two pipes.",
        Environment = new RunEnvironment
        {
            Cpu = "Fabricated CPU @ 3.00GHz",
            Kernel = "Linux 6.1.0",
            Kvm = "nested",
            Cores = 2,
            Smt = "off",
            Governor = "performance",
            MemoryBytes = 8L << 30,
            ToolVersion = "0.1.0",
            GitCommit = "0123456789abcdef0123456789abcdef01234567",
            ClockSource = "tsc",
            BinaryHashes = new Dictionary<string, string> { ["pipe_pingpong"] = new('a', 64) },
            Backends = new Dictionary<string, string> { ["container"] = "runc 1.1.15" },
            HostLimits = new Dictionary<string, string> { ["open files"] = "1048576" },
            CommandLine = "unibench run scenarios/pipeline.csx --rounds 20",
            Seed = 42,
            Started = Started,
        },
        Scenario = new ScenarioInfo("scenarios/pipeline.csx", new string('b', 64), []),
        RoundsPlanned = 20,
        WarmupRounds = 2,
    };
}
