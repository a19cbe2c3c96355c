using NUnit.Framework;
using UniBench.Measure;
using UniBench.Measure.Comparing;
using UniBench.Tests.Measure;

namespace UniBench.Tests.Comparing;

public sealed class ComparisonTests
{
    [Test]
    public void A_run_is_the_same_as_itself_or_undecided_and_never_worse()
    {
        RunResults run = FabricatedRun.Pipeline(rounds: 20);
        Comparison comparison = Comparison.Of(run, run, new Threshold(0.05));
        Assert.That(comparison.Cases.Select(c => c.Verdict?.Outcome), Has.None.EqualTo(Outcome.Worse).And.None.EqualTo(Outcome.Better));
        Assert.That(comparison.Cases.Select(c => c.Verdict?.Outcome), Has.Some.EqualTo(Outcome.Same));
        Assert.That(comparison.Missing, Is.Empty);
        Assert.That(comparison.Added, Is.Empty);
    }

    [Test]
    public void Half_the_speed_is_worse_in_time_and_in_throughput()
    {
        RunResults before = FabricatedRun.Pipeline();
        RunResults after = Scaled(before, c => c.Backend == "unikernel" ? c.Better == Better.Lower ? 2 : 0.5 : 1);
        Comparison comparison = Comparison.Of(before, after, new Threshold(0.05));
        Assert.That(Outcomes(comparison, "unikernel"), Is.All.EqualTo(Outcome.Worse));
        Assert.That(Outcomes(comparison, "process"), Has.None.EqualTo(Outcome.Worse));
    }

    [Test]
    public void Relative_comparison_cancels_what_slowed_the_whole_machine_down()
    {
        RunResults before = FabricatedRun.Pipeline(rounds: 20);
        RunResults after = Scaled(before, c => c.Better == Better.Lower ? 2 : 0.5);
        Assert.That(Comparison.Of(before, after, new Threshold(0.05)).Cases.Count(c => c.Verdict?.Outcome == Outcome.Worse), Is.GreaterThan(10));
        Comparison relative = Comparison.Of(before, after, new Threshold(0.1), relative: true);
        Assert.That(relative.Cases.Select(c => c.After.Backend), Has.None.EqualTo("process"));
        Assert.That(Outcomes(relative, "unikernel"), Is.All.EqualTo(Outcome.Same));
    }

    [Test]
    public void A_case_that_fails_now_is_broken_and_has_no_number()
    {
        RunResults before = FabricatedRun.Pipeline();
        RunResults after = before with
        {
            Cases = [.. before.Cases.Select(c => c.Status == CaseStatus.Ok ? c with { Status = CaseStatus.Failed, Reason = "exit status 1" } : c)],
        };
        ComparedMetric one = Comparison.Of(before, after, new Threshold(0.05)).Cases[0];
        Assert.That(one.HasBroken, Is.True);
        Assert.That(one.Verdict, Is.Null);
        Assert.That(one.Reason, Is.EqualTo("failed now: exit status 1"));
    }

    [Test]
    public void Zeros_have_no_ratio_and_say_so()
    {
        RunResults before = FabricatedRun.Pipeline();
        ComparedMetric one = Comparison.Of(before, Scaled(before, _ => 0), new Threshold(0.05)).Cases[0];
        Assert.That(one.Verdict, Is.Null);
        Assert.That(one.Reason, Does.Contain("zero"));
    }

    [Test]
    public void What_only_one_run_has_is_listed()
    {
        RunResults whole = FabricatedRun.Pipeline();
        RunResults part = whole with { Cases = [.. whole.Cases.Skip(2)] };
        Assert.That(Comparison.Of(whole, part, new Threshold(0.05)).Missing, Is.EqualTo(whole.Cases.Take(2)));
        Assert.That(Comparison.Of(part, whole, new Threshold(0.05)).Added, Is.EqualTo(whole.Cases.Take(2)));
    }

    [Test]
    public void Two_runs_of_one_machine_and_binary_differ_in_nothing_and_others_are_named()
    {
        RunResults run = FabricatedRun.Pipeline();
        Assert.That(Comparability.Differences(run, run), Is.Empty);
        RunResults other = run with
        {
            Environment = run.Environment with { Kernel = "Linux 6.2.0", BinaryHashes = new Dictionary<string, string> { ["pipe_pingpong"] = new('c', 64) } },
        };
        Assert.That(Comparability.Differences(run, other).Select(d => d.Aspect), Is.EqualTo(new[] { "kernel", "program" }));
        Assert.That(Comparability.Differences(run, other)[0].Difference, Is.EqualTo("kernel: Linux 6.1.0 before, Linux 6.2.0 now"));
    }

    [Test]
    public void Runs_of_a_script_with_other_arguments_are_not_compared()
    {
        RunResults run = FabricatedRun.Pipeline();
        RunResults other = run with { Scenario = run.Scenario with { Args = ["--big", "7"] } };
        Assert.That(Comparability.Differences(run, other), Is.EqualTo(new[] { ("arguments", "arguments: none before, --big 7 now") }));
    }

    [Test]
    public void Cpus_that_moved_apart_or_run_at_another_speed_are_another_machine()
    {
        RunResults run = FabricatedRun.Pipeline() with { Yardsticks = [.. Enumerable.Range(2, 12).Select(i => new Yardstick(i, 100 + i, null, 0.9))] };
        Assert.That(Comparability.Differences(run, run), Is.Empty);
        Assert.That(Aspects(y => y with { CacheLineNs = y.CacheLineNs * 1.8, StepNs = y.StepNs * 1.05 }), Is.Empty);
        Assert.That(Aspects(y => y with { CacheLineNs = y.CacheLineNs / 3 }), Is.EqualTo(new[] { "distance" }));
        Assert.That(Aspects(y => y with { StepNs = y.StepNs * 1.3 }), Is.EqualTo(new[] { "speed" }));
        Assert.That(Aspects(y => y with { CacheLineNs = null }), Is.Empty);

        IEnumerable<string> Aspects(Func<Yardstick, Yardstick> change) =>
            Comparability.Differences(run, run with { Yardsticks = [.. run.Yardsticks.Select(change)] }).Select(d => d.Aspect);
    }

    [Test]
    public void The_difference_is_told_in_the_metrics_own_unit_too()
    {
        RunResults run = FabricatedRun.Pipeline(rounds: 20);
        ComparedMetric one = Comparison.Of(run, Scaled(run, _ => 2), new Threshold(0.05)).Cases[0];
        Assert.That(one.Shift!.Value.Estimate, Is.EqualTo(one.Before.Summary!.Median).Within(10).Percent);
        Assert.That(one.Shift.Value.Interval.Low, Is.LessThan(one.Shift.Value.Estimate).And.Positive);
    }

    private static IEnumerable<Outcome?> Outcomes(Comparison comparison, string backend) =>
        comparison.Cases.Where(c => c.After.Backend == backend).Select(c => c.Verdict?.Outcome);

    internal static RunResults Scaled(RunResults run, Func<CaseMetric, double> factor)
    {
        Dictionary<string, CaseMetric> byId = run.Cases.DistinctBy(c => c.Id).ToDictionary(c => c.Id);
        return run with
        {
            Cases = [.. run.Cases.Select(c => c with { Samples = [.. c.Samples.Select(s => s * factor(c))] })],
            Rounds = [.. run.Rounds.Select(r => r with { Samples = r.Samples.ToDictionary(s => s.Key, s => s.Value * factor(byId[r.CaseId])) })],
        };
    }
}
