using System.Globalization;
using NUnit.Framework;
using UniBench.Cli.Comparing;
using UniBench.Measure;
using UniBench.Measure.Comparing;
using UniBench.Tests.Cli;
using UniBench.Tests.Conformance;
using UniBench.Tests.Measure;

namespace UniBench.Tests.Comparing;

/// <summary>Gates on counters: what an operation counts is the difference between launches with few and with many of them.</summary>
public sealed class CounterGateTests
{
    private const int StartUp = 37; // whatever else a launch counts
    private static readonly Gate Forks = new() { Case = "counts/*", Metric = "exits.call per forks", Reason = "r", Count = new CounterBound("exits.call", "forks", 2, 2) };

    [TestCase(2, GateStatus.Ok)]
    [TestCase(3, GateStatus.Regression)]
    [TestCase(1, GateStatus.Regression)]
    public void A_count_for_each_operation_is_exact_whatever_the_start_counts(int each, GateStatus expected)
    {
        GateResult found = Check(Run((_, count) => StartUp + (each * count))).Single();
        Assert.That(found.Status, Is.EqualTo(expected), found.Measured);
        Assert.That(found.Measured, Is.EqualTo($"{each} in each of 4 rounds"));
        Assert.That((found.Case.Id, found.Case.Metric), Is.EqualTo(("counts/fork{count=50}/sandbox/free", "exits.call per forks")));
    }

    [Test]
    public void One_round_that_counts_more_is_not_kept_and_no_regression()
    {
        GateResult found = Check(Run((round, count) => StartUp + ((round == 1 && count > 10 ? 3 : 2) * count))).Single();
        Assert.That((found.Status, found.Measured), Is.EqualTo((GateStatus.Inconclusive, "2 to 3.25 in 4 rounds")));
    }

    [Test]
    public void A_counter_between_two_numbers()
    {
        Gate gate = Forks with { Count = Forks.Count! with { Most = 4 } };
        Assert.That(Check(Run((round, count) => (round % 2 == 0 ? 2 : 4) * count), gate).Single().Status, Is.EqualTo(GateStatus.Ok));
        Assert.That(Check(Run((_, count) => 5 * count), gate).Single().Status, Is.EqualTo(GateStatus.Regression));
    }

    [Test]
    public void Who_counts_nothing_is_missing()
    {
        RunResults run = Run((_, count) => count);
        Assert.That(Check(ResultsBuilder.Reassemble(run, [.. run.Rounds.Select(r => r with { Counters = new Dictionary<string, long>() })])).Single().Status, Is.EqualTo(GateStatus.Missing));
        Assert.That(Check(ResultsBuilder.Reassemble(run, [])).Single().Status, Is.EqualTo(GateStatus.Missing), "no launch at all");
        Assert.That(Check(run, Forks with { Count = Forks.Count! with { Per = "processes" } }).Single().Measured, Does.Contain("more processes"), "not of the sweep");
    }

    [Test]
    public void A_counter_that_never_counted_is_zero() =>
        Assert.That(Check(Run((_, _) => 7), Forks with { Count = new CounterBound("guest.flushes", "forks", 0, 0) }).Single().Measured, Is.EqualTo("0 in each of 4 rounds"));

    [TestCase("exactly = 2", "counter is missing")]
    [TestCase("exactly = 2\nmetric = 'x'", "so there is no metric")]
    [TestCase("counter = 'a'\nper = 'b'\nbetween = [2, 1]", "the smaller one first")]
    [TestCase("counter = 'a'\nper = 'b'\nexactly = -1", "from 0 on")]
    [TestCase("metric = 'a'\nper = 'b'\nlimit = '1 ns'", "so there is no per")]
    public void A_wrong_gate_is_refused(string text, string message)
    {
        using Session session = new();
        string file = session.Script($"[[gate]]\ncase = 'x'\nreason = 'r'\n{text}\n", "gates.toml");
        Assert.That(() => GateFile.Read(file), Throws.Exception.With.Message.Contains(message));
    }

    /// <summary>On the machine that needs no KVM, really counted.</summary>
    [Test]
    public void The_sandbox_keeps_the_gates_on_its_counters()
    {
        string folder = Directory.CreateTempSubdirectory("unibench-test-").FullName;
        try
        {
            string scenario = Path.Combine(ConformancePrograms.Repository, "scenarios", "counts.csx"), gates = Path.Combine(ConformancePrograms.Repository, ".ci", "gates", "counts.toml");
            using StringWriter said = new();
            Assert.That(UniBench.Cli.Commands.FrontDoor.Run(["run", scenario, "--backends", "sandbox", "--rounds", "1", "--warmup", "1", "--out", folder], said, said), Is.Zero, said.ToString());
            RunResults run = UniBench.Reports.ResultsFile.Load(Path.Combine(folder, UniBench.Reports.ResultsFile.Name));
            GateResult[] results = [.. GateCheck.Of(run, null, GateFile.Read(gates), new DateOnly(2026, 1, 1))];
            Assert.That(results.Select(r => $"{r.Case.Id} {r.Case.Metric}: {r.Status}, {r.Measured}"), Is.All.Contain(": Ok,").And.Not.Empty);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static IReadOnlyList<GateResult> Check(RunResults run, Gate? gate = null) => GateCheck.Of(run, null, [gate ?? Forks], new DateOnly(2026, 1, 1));

    /// <param name="counted">Exits, by round and number of operations.</param>
    private static RunResults Run(Func<int, int, long> counted)
    {
        PlannedCase[] plan = [.. new[] { 10, 50 }.Select(count => new PlannedCase(
            new CasePoint { Scenario = "counts", Name = "fork", Params = new Dictionary<string, string> { ["count"] = $"{count}" }, Backend = "sandbox", Placement = "free" },
            [new MetricSpec("wall_ms", "ms", Better.Lower)],
            null))];
        RoundRecord[] rounds = [.. from round in Enumerable.Range(0, 4)
                                   from one in plan
                                   let count = int.Parse(one.Point.Params["count"], CultureInfo.InvariantCulture)
                                   select Fabricated.Round(one.Point, round) with
                                   {
                                       Samples = new Dictionary<string, double> { ["wall_ms"] = 1 },
                                       Counters = new Dictionary<string, long> { ["exits.call"] = counted(round, count), ["forks"] = 5 + count, ["processes"] = 1 },
                                   }];
        return ResultsBuilder.Assemble(Fabricated.Description(), plan, rounds, [], interrupted: false);
    }
}
