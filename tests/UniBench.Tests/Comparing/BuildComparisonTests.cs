using NUnit.Framework;
using UniBench.Measure;
using UniBench.Measure.Comparing;
using UniBench.Reports.Comparisons;
using UniBench.Tests.Measure;
using UniBench.Workloads;

namespace UniBench.Tests.Comparing;

/// <summary>Two builds in the rounds of one run: what is called a difference.</summary>
public sealed class BuildComparisonTests
{
    [TestCase(1.0, Outcome.Same)]
    [TestCase(1.03, Outcome.Worse)]
    [TestCase(0.97, Outcome.Better)]
    public void Rounds_that_move_together_tell_three_percent_apart(double times, Outcome expected)
    {
        RunResults run = Run(40, (round, random) => 100 * (1 + (round % 7 * 0.2)), (value, random) => value * times * (0.99 + (0.02 * random.NextDouble())));
        ComparedMetric found = BuildComparison.Of(run).Single();
        Assert.That((found.Verdict!.Outcome, found.Before.Backend, found.After.Backend), Is.EqualTo((expected, "sandbox@old", "sandbox")));
        Finding told = run.Findings.Single(f => f.Code == "other-build");
        Assert.That(told.Severity, Is.EqualTo(expected == Outcome.Worse ? Severity.Warning : Severity.Info));
        Assert.That(told.Message, Does.Contain("build old").And.Contain(expected switch { Outcome.Same => "1 the same", Outcome.Worse => "1 worse: pipeline/rtt{size=1}/sandbox/same rtt_p50 1.03", _ => "1 better" }));
        Assert.That(ComparisonText.RenderBuilds([found], markdown: true), Does.Contain("| other build | now |").And.Contain("1 compared in the same rounds"));
    }

    /// <summary>The target: 2.5 % at 1 % error in 40 rounds whose pairs spread by 4 %.</summary>
    [TestCase(1.0, 0, 4)]
    [TestCase(1.025, 160, 200)]
    [TestCase(1.05, 199, 200)]
    public void In_40_rounds_that_spread_by_4_percent_a_loss_of_2_5_percent_is_seen(double times, int least, int most)
    {
        var random = new SplitMix64(25);
        int worse = Enumerable.Range(0, 200).Count(_ =>
        {
            double[] logs = [.. Enumerable.Range(0, 40).Select(_ => Math.Log(times) + (0.04 * Normal(random)))];
            var ratio = UniBench.Measure.Statistics.RatioEstimate.Paired([.. logs.Select(Math.Exp)], [.. logs.Select(_ => 1.0)]);
            return Verdict.Of(ratio, Better.Lower, 0, BuildComparison.Same).Outcome == Outcome.Worse;
        });
        TestContext.Out.WriteLine($"{worse} of 200 called worse");
        Assert.That(worse, Is.InRange(least, most));
    }

    [Test]
    public void What_fails_here_and_not_there_is_broken()
    {
        RunResults run = Run(12, (_, _) => 1, (v, _) => v);
        RunResults failing = ResultsBuilder.Reassemble(run, [.. run.Rounds.Select(r => r.CaseId.Contains("/sandbox/", StringComparison.Ordinal) ? r with { Status = CaseStatus.Failed, Reason = "it fell" } : r)]);
        ComparedMetric found = BuildComparison.Of(failing).Single();
        Assert.That(found.HasBroken, Is.True);
        Assert.That(failing.Findings.Single(f => f.Code == "other-build").Message, Does.Contain("1 worse").And.Contain("it fell"));
    }

    [Test]
    public void A_gate_may_be_held_against_the_other_build()
    {
        Gate gate = new() { Case = "*/sandbox/*", Metric = "*", Reason = "r", OtherBuild = 0.05 };
        GateStatus Of(double times) => GateCheck.Of(Run(40, (_, _) => 100, (v, random) => v * times * (0.99 + (0.02 * random.NextDouble()))), null, [gate], new DateOnly(2026, 1, 1)).Single().Status;
        Assert.That(new[] { Of(1), Of(1.04), Of(1.07), Of(0.5) }, Is.EqualTo(new[] { GateStatus.Ok, GateStatus.Ok, GateStatus.Regression, GateStatus.Ok }));
        RunResults alone = FabricatedRun.Pipeline();
        Assert.That(GateCheck.Of(alone, null, [gate with { Case = "pipeline/rtt{size=1}/unikernel/cross" }], new DateOnly(2026, 1, 1)).Single().Status, Is.EqualTo(GateStatus.Missing));
    }

    [Test]
    public void A_run_has_no_other_build_unless_a_backends_name_says_so()
    {
        RunResults run = FabricatedRun.Pipeline();
        Assert.That(BuildComparison.Of(run), Is.Empty);
        Assert.That(run.Findings.Select(f => f.Code), Has.None.EqualTo("other-build"));
        Assert.That((OtherBuild.BaseOf("unikernel"), OtherBuild.BaseOf("unikernel@a.b"), OtherBuild.BuildOf("unikernel@a.b")), Is.EqualTo(((string?)null, "unikernel", "a.b")));
    }

    /// <param name="other">Its value on the other build, by round.</param>
    /// <param name="now">What this build makes of it.</param>
    private static RunResults Run(int rounds, Func<int, SplitMix64, double> other, Func<double, SplitMix64, double> now)
    {
        var random = new SplitMix64(4);
        CasePoint[] points = [Fabricated.Point("rtt", "1", "sandbox", "same"), Fabricated.Point("rtt", "1", "sandbox@old", "same")];
        RoundRecord[] records = [.. Enumerable.Range(0, rounds).SelectMany(round =>
        {
            double value = other(round, random);
            return points.Select(p => Fabricated.Round(p, round) with { Samples = new Dictionary<string, double> { ["rtt_p50"] = p.Backend == "sandbox" ? now(value, random) : value } });
        })];
        return ResultsBuilder.Assemble(Fabricated.Description(), [.. points.Select(p => new PlannedCase(p, [new MetricSpec("rtt_p50", "ns", Better.Lower)], null))], records, [], interrupted: false);
    }

    private static double Normal(SplitMix64 random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
