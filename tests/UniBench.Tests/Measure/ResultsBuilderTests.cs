using NUnit.Framework;
using UniBench.Measure;
using UniBench.Measure.Statistics;

namespace UniBench.Tests.Measure;

public sealed class ResultsBuilderTests
{
    private static readonly MetricSpec Rtt = new("rtt_p50", "ns", Better.Lower);
    private static readonly CasePoint Unikernel = Fabricated.Point("rtt", "1", "unikernel", "same");
    private static readonly CasePoint Process = Fabricated.Point("rtt", "1", "process", "same");

    [Test]
    public void A_case_id_names_every_parameter() =>
        Assert.That(Unikernel.Id, Is.EqualTo("pipeline/rtt{size=1}/unikernel/same"));

    [Test]
    public void Warm_up_rounds_are_kept_and_not_counted()
    {
        RunResults results = Assemble([Round(Unikernel, 0, 900) with { Warmup = true }, Round(Unikernel, 1, 200), Round(Unikernel, 2, 210)]);
        Assert.That(results.Rounds, Has.Count.EqualTo(3));
        Assert.That(Case(results, Unikernel).Samples, Is.EqualTo(new[] { 200.0, 210 }));
    }

    [Test]
    public void A_case_without_a_round_is_not_run_and_says_why()
    {
        RunResults results = ResultsBuilder.Assemble(
            Fabricated.Description(), [new PlannedCase(Unikernel, [Rtt], "/dev/kvm is missing")], [], [], interrupted: false);
        CaseMetric one = Case(results, Unikernel);
        Assert.That((one.Status, one.Reason, one.Summary), Is.EqualTo((CaseStatus.NotRun, "/dev/kvm is missing", (Summary?)null)));
        Assert.That(results.Findings.Select(f => f.Code), Does.Contain("not-run"));
    }

    [Test]
    public void An_interrupted_run_says_so_of_its_missing_cases() =>
        Assert.That(Case(Assemble([], interrupted: true), Unikernel).Reason, Does.Contain("interrupted"));

    [Test]
    public void A_failed_round_fails_the_case_and_keeps_the_other_rounds()
    {
        RoundRecord failed = Round(Unikernel, 1, 1) with { Status = CaseStatus.Failed, Reason = "exit status 3" };
        CaseMetric one = Case(Assemble([Round(Unikernel, 0, 200), failed]), Unikernel);
        Assert.That(one.Status, Is.EqualTo(CaseStatus.Failed));
        Assert.That(one.Reason, Is.EqualTo("1 of 2 rounds failed, first: exit status 3"));
        Assert.That(one.Samples, Is.EqualTo(new[] { 200.0 }));
    }

    [Test]
    public void A_round_without_the_sample_fails_the_metric()
    {
        RoundRecord silent = Round(Unikernel, 0, 1) with { Samples = new Dictionary<string, double>() };
        Assert.That(Case(Assemble([silent]), Unikernel).Reason, Is.EqualTo("1 of 1 rounds printed no sample named rtt_p50"));
    }

    [TestCase(double.NaN)]
    [TestCase(double.PositiveInfinity)]
    public void A_sample_that_is_not_finite_is_refused(double value) =>
        Assert.That(() => Assemble([Round(Unikernel, 0, value)]), Throws.ArgumentException.With.Message.Contains("round 0"));

    [Test]
    public void Two_cases_with_one_id_are_refused() =>
        Assert.That(
            () => ResultsBuilder.Assemble(
                Fabricated.Description(), [new PlannedCase(Process, [Rtt]), new PlannedCase(Process, [Rtt])], [], [], false),
            Throws.ArgumentException.With.Message.Contains(Process.Id));

    [Test]
    public void A_metric_kept_twice_is_refused() =>
        Assert.That(
            () => ResultsBuilder.Assemble(Fabricated.Description(), [new PlannedCase(Process, [Rtt, Rtt])], [], [], false),
            Throws.ArgumentException.With.Message.Contains("rtt_p50 twice"));

    [Test]
    public void The_ratio_pairs_rounds_and_skips_those_that_only_one_side_has()
    {
        RunResults results = Assemble([
            Round(Unikernel, 1, 10), Round(Process, 1, 100), Round(Process, 0, 7), Round(Unikernel, 2, 30), Round(Process, 2, 300)]);
        CaseMetric unikernel = Case(results, Unikernel);
        RatioEstimate? ratio = RatioToReference.Of(results, unikernel, RatioToReference.SamePlacement(results, unikernel)!);
        Assert.That(ratio!.N, Is.EqualTo(2));
        Assert.That(ratio.Value, Is.EqualTo(0.1).Within(1e-12));
    }

    [Test]
    public void The_best_placement_of_the_process_is_found_by_the_metrics_direction()
    {
        CasePoint cross = Fabricated.Point("rtt", "1", "process", "cross");
        RoundRecord[] rounds = [Round(Unikernel, 0, 1), Round(Process, 0, 5), Round(cross, 0, 50)];
        foreach ((Better better, string expected) in new[] { (Better.Lower, "same"), (Better.Higher, "cross") })
        {
            MetricSpec metric = Rtt with { Better = better };
            PlannedCase[] plan = [.. new[] { Unikernel, Process, cross }.Select(p => new PlannedCase(p, [metric]))];
            RunResults results = ResultsBuilder.Assemble(Fabricated.Description(), plan, rounds, [], false);
            Assert.That(RatioToReference.BestPlacement(results, Case(results, Unikernel))!.Placement, Is.EqualTo(expected));
        }
    }

    [Test]
    public void Spinning_and_refused_system_calls_and_steal_become_findings()
    {
        RoundRecord spinning = Round(Unikernel, 0, 1) with
        {
            CpuUserS = 1.9,
            StealTicks = 50,
            UnsupportedCalls = new Dictionary<string, long> { ["epoll_wait"] = 3 },
            Notes = ["pid 2: SIGSEGV at 0x0"],
        };
        string[] codes = [.. Assemble([spinning, Round(Process, 0, 2)]).Findings.Select(f => f.Code)];
        Assert.That(codes, Is.SupersetOf(new[] { "more-cpu", "unsupported-calls", "steal", "note", "few-rounds" }));
    }

    [Test]
    public void Quiet_equal_rounds_have_no_finding() =>
        Assert.That(
            Assemble([.. Enumerable.Range(0, 10).SelectMany(i => new[] { Round(Unikernel, i, 100 + (i * 7 % 5)), Round(Process, i, 200 + (i * 3 % 7)) })]).Findings,
            Is.Empty);

    [Test]
    public void A_drift_and_two_groups_and_a_wide_interval_become_findings()
    {
        string Codes(Func<int, double> value) =>
            string.Join(',', Assemble([.. Enumerable.Range(0, 20).SelectMany(i => new[] { Round(Unikernel, i, value(i)), Round(Process, i, 5) })]).Findings.Select(f => f.Code));
        Assert.That(Codes(i => 100 + (2 * i)), Does.Contain("drift"));
        Assert.That(Codes(i => i % 2 == 0 ? 4 : 50), Does.Contain("bimodal").And.Contain("noisy"));
        Assert.That(Codes(i => i == 3 ? 900 : 100 + (i % 4)), Is.EqualTo("outliers"));
    }

    private static RoundRecord Round(CasePoint point, int round, double rtt) =>
        Fabricated.Round(point, round) with { Samples = new Dictionary<string, double> { ["rtt_p50"] = rtt } };

    private static RunResults Assemble(RoundRecord[] rounds, bool interrupted = false) => ResultsBuilder.Assemble(
        Fabricated.Description(), [new PlannedCase(Unikernel, [Rtt]), new PlannedCase(Process, [Rtt])], rounds, [], interrupted);

    private static CaseMetric Case(RunResults results, CasePoint point) => results.Cases.Single(c => c.Id == point.Id);
}
