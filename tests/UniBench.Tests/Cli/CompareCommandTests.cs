using NUnit.Framework;
using UniBench.Cli;
using UniBench.Measure;
using UniBench.Reports;
using UniBench.Tests.Comparing;
using UniBench.Tests.Measure;

namespace UniBench.Tests.Cli;

/// <summary>compare, gate and baseline from the command line: what is printed and which exit status it has.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
[NonParallelizable] // the store's place is a variable of the process
internal sealed class CompareCommandTests : IDisposable
{
    private const string Variable = "UNIBENCH_STORE";
    private readonly Session session = new();
    private readonly RunResults run = FabricatedRun.Pipeline(rounds: 20);

    public CompareCommandTests() => Environment.SetEnvironmentVariable(Variable, Path.Combine(session.Folder, "store"));

    public void Dispose()
    {
        Environment.SetEnvironmentVariable(Variable, null);
        session.Dispose();
    }

    [Test]
    public void A_run_compared_with_itself_exits_with_0()
    {
        string saved = Save("a", run);
        Assert.That(session.Call("compare", saved, saved), Is.EqualTo(ExitCodes.Ok), session.Errors);
        Assert.That(session.Out, Does.Contain("0 better, 0 worse"));
    }

    [Test]
    public void A_slower_run_exits_with_10_and_names_the_cases()
    {
        string before = Save("a", run);
        string after = Save("b", ComparisonTests.Scaled(run, c => c.Better == Better.Lower ? 2 : 0.5));
        Assert.That(session.Call("compare", before, after, "--case", "*/unikernel/*", "--metric", "rtt*"), Is.EqualTo(ExitCodes.Regression));
        Assert.That(session.Out, Does.Contain("pipeline/rtt{size=1}/unikernel/same").And.Contain("slower").And.Not.Contain("throughput").And.Not.Contain("/process/"));
        Assert.That(session.Call("compare", before, after, "--fail-on", "nothing"), Is.EqualTo(ExitCodes.Ok));
    }

    [Test]
    public void Too_few_rounds_are_inconclusive_and_exit_with_11_only_when_asked()
    {
        string few = Save("a", FabricatedRun.Pipeline(rounds: 3));
        Assert.That(session.Call("compare", few, few), Is.EqualTo(ExitCodes.Ok));
        Assert.That(session.Out, Does.Contain("too few rounds, at least 2 more"));
        Assert.That(session.Call("compare", few, few, "--fail-on", "regression,inconclusive"), Is.EqualTo(ExitCodes.Inconclusive));
    }

    [Test]
    public void Another_machine_exits_with_6_unless_it_is_allowed()
    {
        string before = Save("a", run);
        string after = Save("b", run with { Environment = run.Environment with { Cpu = "Another CPU" } });
        Assert.That(session.Call("compare", before, after), Is.EqualTo(ExitCodes.NotComparable));
        Assert.That(session.Errors, Does.Contain("cpu: Fabricated CPU @ 3.00GHz before, Another CPU now").And.Contain("--despite cpu"));
        Assert.That(session.Out, Is.Empty);
        Assert.That(session.Call("compare", before, after, "--despite", "cpu"), Is.EqualTo(ExitCodes.Ok));
    }

    [Test]
    public void A_pattern_that_matches_nothing_exits_with_5()
    {
        string saved = Save("a", run);
        Assert.That(session.Call("compare", saved, saved, "--metric", "rtt-p50"), Is.EqualTo(ExitCodes.NothingMeasured));
    }

    [Test]
    public void An_alpha_that_the_rounds_cannot_reach_is_refused_with_the_rounds_it_takes()
    {
        string few = Save("a", FabricatedRun.Pipeline(rounds: 5));
        Assert.That(session.Call("compare", few, few, "--alpha", "1%"), Is.EqualTo(ExitCodes.Ok), session.Errors);
        Assert.That(session.Call("compare", few, few, "--alpha", "0.1%"), Is.EqualTo(ExitCodes.Usage));
        Assert.That(session.Errors, Does.Contain("--alpha 0.1%").And.Contain("it takes 7 rounds"));
        Assert.That(session.Call("gate", few, "--gates", Gates("times_process = 3"), "--alpha", "0.1%"), Is.EqualTo(ExitCodes.Usage));
        Assert.That(session.Errors, Does.Contain("it takes 11 rounds"));
    }

    [Test]
    public void A_stricter_alpha_makes_intervals_wider()
    {
        string before = Save("a", run);
        string after = Save("b", ComparisonTests.Scaled(run, _ => 1.045));
        string[] only = ["--case", "pipeline/rtt{size=1}/process/same", "--metric", "rtt_p50", "--fail-on", "nothing", "--threshold", "1%"];
        Assert.That(session.Call(["compare", before, after, .. only]), Is.EqualTo(ExitCodes.Ok), session.Errors);
        string usual = session.Out;
        Assert.That(session.Call(["compare", before, after, .. only, "--alpha", "0.001%"]), Is.EqualTo(ExitCodes.Ok), session.Errors);
        Assert.That(usual, Does.Contain("slower"));
        Assert.That(session.Out, Does.Contain("inconclusive"));
    }

    [TestCase("--alpha", "0")]
    [TestCase("--alpha", "60%")]
    [TestCase("--threshold", "0.05")]
    [TestCase("--threshold", "-5%")]
    [TestCase("--despite", "weather")]
    [TestCase("--fail-on", "rain")]
    public void A_wrong_value_is_a_usage_error(string option, string value)
    {
        string saved = Save("a", run);
        Assert.That(session.Call("compare", saved, saved, option, value), Is.EqualTo(ExitCodes.Usage));
        Assert.That(session.Errors, Does.Contain(option));
    }

    [Test]
    public void A_baseline_is_saved_listed_compared_with_and_removed()
    {
        string saved = Save("a", run);
        Assert.That(session.Call("baseline", "save", "nightly", saved), Is.EqualTo(ExitCodes.Ok), session.Errors);
        Assert.That(session.Call("baseline", "save", "nightly", saved), Is.EqualTo(ExitCodes.Usage));
        Assert.That(session.Call("baseline", "save", "nightly", saved, "--replace"), Is.EqualTo(ExitCodes.Ok));
        Assert.That(session.Call("baseline", "list"), Is.EqualTo(ExitCodes.Ok));
        Assert.That(session.Out, Does.StartWith("nightly  2026-01-02 03:04"));
        Assert.That(session.Call("compare", "nightly", saved), Is.EqualTo(ExitCodes.Ok));
        Assert.That(session.Call("baseline", "rm", "nightly"), Is.EqualTo(ExitCodes.Ok));
        Assert.That(session.Call("baseline", "rm", "nightly"), Is.EqualTo(ExitCodes.Usage));
        Assert.That(session.Call("baseline", "save", "../nightly", saved), Is.EqualTo(ExitCodes.Usage));
    }

    [TestCase("times_process = 3", ExitCodes.Ok)]
    [TestCase("times_process = 100", ExitCodes.Regression)]
    [TestCase("threshold = '50%'", ExitCodes.Ok)]
    public void A_gate_has_the_exit_status_of_its_verdict_and_writes_junit(string bound, int expected)
    {
        string saved = Save("a", run);
        string junit = Path.Combine(session.Folder, "gates.xml");
        Assert.That(session.Call("gate", saved, "--base", saved, "--gates", Gates(bound), "--junit", junit), Is.EqualTo(expected), session.Errors);
        Assert.That(File.ReadAllText(junit), Does.Contain("<testsuite").And.Contain(expected == ExitCodes.Ok ? "failures=\"0\"" : "failures=\"1\""));
    }

    [Test]
    public void A_gate_that_matches_nothing_exits_with_5_and_one_without_its_base_with_2()
    {
        string saved = Save("a", run);
        Assert.That(session.Call("gate", saved, "--gates", Gates("times_process = 3", metric: "rtt_p5O")), Is.EqualTo(ExitCodes.NothingMeasured));
        Assert.That(session.Errors, Does.Contain("metric rtt_p5O"));
        Assert.That(session.Call("gate", saved, "--gates", Gates("threshold = '5%'")), Is.EqualTo(ExitCodes.Usage));
        Assert.That(session.Errors, Does.Contain("--base"));
    }

    private string Gates(string bound, string metric = "rtt_p50")
    {
        string path = Path.Combine(session.Folder, "gates.toml");
        File.WriteAllText(path, $"[[gate]]\ncase = 'pipeline/rtt{{size=1}}/unikernel/cross'\nmetric = '{metric}'\nreason = 'r'\n{bound}\n");
        return path;
    }

    private string Save(string name, RunResults results)
    {
        string directory = Path.Combine(session.Folder, name);
        Directory.CreateDirectory(directory);
        ResultsFile.Save(results, Path.Combine(directory, ResultsFile.Name));
        return directory;
    }
}
