using System.Xml.Linq;
using NUnit.Framework;
using UniBench.Cli.Comparing;
using UniBench.Measure;
using UniBench.Measure.Comparing;
using UniBench.Reports.Comparisons;
using UniBench.Tests.Measure;
using UniBench.Workbench;

namespace UniBench.Tests.Comparing;

public sealed class GateTests
{
    private static readonly DateOnly Today = new(2026, 1, 2);
    private readonly string _file = Path.GetTempFileName();

    [OneTimeTearDown]
    public void RemoveFile() => File.Delete(_file);

    [Test]
    public void A_gate_file_gives_its_gates()
    {
        IReadOnlyList<Gate> gates = Read("""
            [[gate]]
            case = "*/unikernel/*"
            metric = "rtt_p50"
            threshold = "5%"
            reason = "the headline"
            muted_until = 2026-03-04
            [[gate]]
            case = "x"
            metric = "*"
            times_process = 20
            reason = "r"
            [[gate]]
            case = "x"
            metric = "*"
            limit = "300 ns"
            reason = "r"
            """);
        Assert.That(gates[0], Is.EqualTo(new Gate { Case = "*/unikernel/*", Metric = "rtt_p50", Reason = "the headline", Threshold = new Threshold(0.05), MutedUntil = new DateOnly(2026, 3, 4) }));
        Assert.That(gates[1].TimesProcess, Is.EqualTo(20));
        Assert.That(gates[2].Limit, Is.EqualTo((300.0, "ns")));
    }

    [TestCase("", "it has no [[gate]]")]
    [TestCase("[gates]", "'gates' is not known here")]
    [TestCase("gate = 3", "it has no [[gate]]")]
    [TestCase("[[gate]]\ncase = ", "(2,")]
    [TestCase("[[gate]]\ncase = 'x'\nmetric = 'y'\nreason = 'r'", "exactly one of threshold, times_process, limit")]
    [TestCase("[[gate]]\ncase = 'x'\nmetric = 'y'\nreason = 'r'\nlimit = '3 ns'\nthreshold = '5%'", "not threshold and limit")]
    [TestCase("[[gate]]\ncase = 'x'\nmetric = 'y'\nlimit = '3 ns'", "reason is missing")]
    [TestCase("[[gate]]\ncase = 'x'\nmetric = 'y'\nreason = 'r'\nthreshold = '0.05'", "not a percentage")]
    [TestCase("[[gate]]\ncase = 'x'\nmetric = 'y'\nreason = 'r'\ntimes_process = -1", "above 0")]
    [TestCase("[[gate]]\ncase = 'x'\nmetric = 'y'\nreason = 'r'\nlimit = '300'", "a number and a unit")]
    [TestCase("[[gate]]\ncase = 'x'\nmetrics = 'y'\nreason = 'r'\nlimit = '3 ns'", "'metrics' is not one of case")]
    [TestCase("[[gate]]\ncase = 'x'\nmetric = 'y'\nreason = 'r'\nlimit = '3 ns'\nmuted_until = 'soon'", "a day such as")]
    public void A_wrong_gate_file_is_refused_with_its_name_and_what_is_wrong(string text, string message)
    {
        Assert.That(() => Read(text), Throws.TypeOf<UsageException>().With.Message.Contains(message).And.Message.Contains(_file));
    }

    [TestCase(3.0, GateStatus.Ok)]
    [TestCase(19.9, GateStatus.Inconclusive)]
    [TestCase(100.0, GateStatus.Regression)]
    public void A_gate_on_the_ratio_to_the_process_looks_at_the_whole_interval(double times, GateStatus expected)
    {
        // Size 1, placement cross: 38000 * 0.05 against 38000, each with five percent of noise.
        Gate gate = new() { Case = "pipeline/rtt{size=1}/unikernel/cross", Metric = "rtt_p50", Reason = "r", TimesProcess = times };
        Assert.That(Check(FabricatedRun.Pipeline(), null, gate).Status, Is.EqualTo(expected));
    }

    [TestCase(1.0, GateStatus.Ok)]
    [TestCase(1.10, GateStatus.Inconclusive)]
    [TestCase(1.5, GateStatus.Regression)]
    [TestCase(0.5, GateStatus.Ok)]
    public void A_gate_against_a_base_tells_a_slow_down_beyond_its_threshold(double factor, GateStatus expected)
    {
        RunResults before = FabricatedRun.Pipeline(rounds: 20);
        RunResults after = ComparisonTests.Scaled(before, _ => factor);
        Gate gate = new() { Case = "pipeline/rtt{size=1}/unikernel/cross", Metric = "rtt_p50", Reason = "r", Threshold = new Threshold(0.1) };
        Assert.That(Check(after, Comparison.Of(before, after, new Threshold(0)), gate).Status, Is.EqualTo(expected));
    }

    [Test]
    public void An_automatic_threshold_lets_no_clear_loss_pass_where_the_machine_did_not_move()
    {
        RunResults before = FabricatedRun.Pipeline(rounds: 20);
        RunResults after = ComparisonTests.Scaled(before, _ => 1.12);
        Gate gate = new() { Case = "pipeline/rtt{size=1}/unikernel/cross", Metric = "rtt_p50", Reason = "r", Threshold = new Threshold(0.02, IsAutomatic: true) };
        Assert.That(Check(after, Comparison.Of(before, after, new Threshold(0)), gate).Status, Is.EqualTo(GateStatus.Regression));
    }

    [Test]
    public void Less_throughput_is_a_regression_and_more_is_not()
    {
        RunResults before = FabricatedRun.Pipeline(rounds: 20);
        Gate gate = new() { Case = "pipeline/stream*/unikernel/same", Metric = "throughput", Reason = "r", Threshold = new Threshold(0.1) };
        RunResults less = ComparisonTests.Scaled(before, _ => 0.5);
        RunResults more = ComparisonTests.Scaled(before, _ => 2);
        Assert.That(Check(less, Comparison.Of(before, less, new Threshold(0)), gate).Status, Is.EqualTo(GateStatus.Regression));
        Assert.That(Check(more, Comparison.Of(before, more, new Threshold(0)), gate).Status, Is.EqualTo(GateStatus.Ok));
    }

    [TestCase(10_000.0, GateStatus.Ok)]
    [TestCase(1_900.0, GateStatus.Inconclusive)]
    [TestCase(100.0, GateStatus.Regression)]
    public void A_limit_is_compared_with_the_medians_interval(double limit, GateStatus expected)
    {
        Gate gate = new() { Case = "pipeline/rtt{size=1}/unikernel/cross", Metric = "rtt_p50", Reason = "r", Limit = (limit, "ns") };
        Assert.That(Check(FabricatedRun.Pipeline(), null, gate).Status, Is.EqualTo(expected));
    }

    [Test]
    public void A_limit_in_another_unit_is_refused()
    {
        Gate gate = new() { Case = "pipeline/rtt*", Metric = "rtt_p50", Reason = "r", Limit = (1, "ms") };
        Assert.That(() => GateCheck.Of(FabricatedRun.Pipeline(), null, [gate], Today), Throws.ArgumentException.With.Message.Contains("in ms"));
    }

    [Test]
    public void Few_rounds_decide_nothing_and_say_how_many_more_are_needed()
    {
        Gate gate = new() { Case = "pipeline/rtt{size=1}/unikernel/cross", Metric = "rtt_p50", Reason = "r", TimesProcess = 100 };
        GateResult result = Check(FabricatedRun.Pipeline(rounds: 5), null, gate);
        Assert.That(result.Status, Is.EqualTo(GateStatus.Inconclusive));
        Assert.That(result.MoreRounds, Is.EqualTo(3));
    }

    [Test]
    public void A_failed_case_is_a_regression_and_one_that_was_not_run_is_missing()
    {
        Gate failed = new() { Case = "pipeline/stream*/container/same", Metric = "*", Reason = "r", TimesProcess = 1 };
        Gate absent = failed with { Case = "pipeline/stream*/container/cross" };
        RunResults run = FabricatedRun.Pipeline();
        Assert.That(Check(run, null, failed).Status, Is.EqualTo(GateStatus.Regression));
        Assert.That(Check(run, null, absent).Status, Is.EqualTo(GateStatus.Missing));
    }

    [Test]
    public void A_gate_with_a_threshold_and_nothing_to_compare_with_is_skipped_not_kept()
    {
        Gate gate = new() { Case = "pipeline/rtt{size=1}/unikernel/cross", Metric = "rtt_p50", Reason = "r", Threshold = new Threshold(0.1) };
        RunResults run = FabricatedRun.Pipeline();
        Assert.That(Check(run, null, gate).Status, Is.EqualTo(GateStatus.Skipped));
        RunResults without = run with { Cases = [.. run.Cases.Where(c => c.Name != "rtt")] };
        Assert.That(Check(run, Comparison.Of(without, run, new Threshold(0)), gate).Status, Is.EqualTo(GateStatus.Skipped));
    }

    [TestCase("2026-01-01", false)]
    [TestCase("2026-01-02", true)]
    public void A_gate_is_muted_up_to_its_day(string day, bool muted)
    {
        Gate gate = new() { Case = "pipeline/rtt{size=1}/unikernel/cross", Metric = "*", Reason = "r", TimesProcess = 100, MutedUntil = DateOnly.Parse(day, null) };
        Assert.That(Check(FabricatedRun.Pipeline(), null, gate).Muted, Is.EqualTo(muted));
    }

    [Test]
    public void Junit_counts_failures_and_what_is_skipped()
    {
        Gate broken = new() { Case = "pipeline/rtt{size=1}/unikernel/cross", Metric = "*", Reason = "the <headline>", TimesProcess = 100 };
        Gate absent = broken with { Case = "pipeline/stream*/container/cross", Reason = "absent" };
        Gate[] gates = [broken, broken with { MutedUntil = Today }, broken with { TimesProcess = 3 }, absent, broken with { TimesProcess = null, Threshold = new Threshold(0.1) }];
        XElement suite = XDocument.Parse(GateJUnit.Render(GateCheck.Of(FabricatedRun.Pipeline(), null, gates, Today))).Root!.Element("testsuite")!;
        Assert.That((int)suite.Attribute("tests")!, Is.EqualTo(5));
        Assert.That((int)suite.Attribute("failures")!, Is.EqualTo(2));
        Assert.That((int)suite.Attribute("skipped")!, Is.EqualTo(2));
        Assert.That(suite.Descendants("failure").Select(f => f.Value), Is.EqualTo(new[] { "the <headline>", "absent" }));
    }

    private static GateResult Check(RunResults run, Comparison? comparison, Gate gate) => GateCheck.Of(run, comparison, [gate], Today).Single();

    private IReadOnlyList<Gate> Read(string text)
    {
        File.WriteAllText(_file, text);
        return GateFile.Read(_file);
    }
}
