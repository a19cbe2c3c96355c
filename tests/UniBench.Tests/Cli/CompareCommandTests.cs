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

    [Test]
    public void A_gated_case_that_was_not_run_exits_with_5_unless_it_is_told_not_to()
    {
        string saved = Save("a", NotRun("unikernel"));
        string gates = Gates("times_process = 3");
        Assert.That(session.Call("gate", saved, "--gates", gates), Is.EqualTo(ExitCodes.NothingMeasured));
        Assert.That(session.Out, Does.Contain("MISSING").And.Contain("1 missing"));
        Assert.That(session.Call("gate", saved, "--gates", gates, "--fail-on", "regression"), Is.EqualTo(ExitCodes.Ok));
    }

    [Test]
    public void A_night_is_the_next_nights_baseline_only_if_it_keeps_every_gate()
    {
        string gates = Gates("threshold = '10%'\n[[gate]]\ncase = 'pipeline/rtt{size=1}/unikernel/cross'\nmetric = 'rtt_p50'\nreason = 'r'\ntimes_process = 3");
        Assert.That(Night(NotRun("unikernel")), Is.EqualTo(ExitCodes.NothingMeasured));
        Assert.That(Kept("nightly"), Is.Null, "a night without unikernels is nobody's baseline");

        Assert.That(Night(run), Is.EqualTo(ExitCodes.Ok), session.Errors);
        Assert.That(session.Out, Does.Contain("skipped").And.Contain("no run of this machine"));
        Assert.That(Kept("nightly")!.Environment.GitCommit, Is.EqualTo(run.Environment.GitCommit));

        Assert.That(Night(ComparisonTests.Scaled(run, c => c.Backend == "unikernel" ? 1.05 : 1) with { Title = "undecided" }), Is.EqualTo(ExitCodes.Ok));
        Assert.That(Night(ComparisonTests.Scaled(run, c => c.Backend == "unikernel" ? 2 : 1) with { Title = "slow" }), Is.EqualTo(ExitCodes.Regression));
        Assert.That(Night(NotRun("unikernel")), Is.EqualTo(ExitCodes.NothingMeasured));
        Assert.That(Kept("nightly")!.Title, Is.EqualTo(run.Title).Or.EqualTo("undecided"));
        Assert.That(Kept("release")!.Title, Is.EqualTo(run.Title), "the first night is pinned");
        Assert.That(session.Call("compare", "nightly", Save("tonight", run), "--markdown"), Is.Zero, "by its name without the machine");

        int Night(RunResults results) => session.Call("gate", Save("tonight", results), "--gates", gates, "--nightly", "nightly", "--pinned", "release");
    }

    /// <summary>Three percent a night: each is within 10 % of the night before, and the third no longer of the release.</summary>
    [Test]
    public void What_creeps_from_night_to_night_breaks_the_gate_against_the_pinned_baseline()
    {
        string gates = Gates("threshold = '10%'");
        int[] codes = [.. Enumerable.Range(0, 6).Select(night => session.Call(
            "gate", Save("tonight", ComparisonTests.Scaled(run, c => c.Backend == "unikernel" ? Math.Pow(1.04, night) : 1)), "--gates", gates, "--nightly", "nightly", "--pinned", "release"))];
        Assert.That(codes[..3], Is.All.EqualTo(ExitCodes.Ok));
        Assert.That(codes[^1], Is.EqualTo(ExitCodes.Regression));
        int[] rollingOnly = [.. Enumerable.Range(0, 6).Select(night => session.Call(
            "gate", Save("tonight", ComparisonTests.Scaled(run, c => c.Backend == "unikernel" ? Math.Pow(1.04, night) : 1)), "--gates", gates, "--nightly", "other"))];
        Assert.That(rollingOnly, Is.All.EqualTo(ExitCodes.Ok), "which nobody saw before");
    }

    [Test]
    public void Another_machine_has_a_baseline_of_its_own_and_a_bad_hour_replaces_none()
    {
        string gates = Gates("threshold = '10%'");
        RunResults other = ComparisonTests.Scaled(run, _ => 3) with { Environment = run.Environment with { Cpu = "Another CPU" } };
        RunResults apart = run with { Title = "apart", Rounds = [.. run.Rounds.Select(r => r.Order == 0 && !r.Warmup ? r with { Yardstick = new Yardstick(r.Round, 400, null, 1) } : r)] };
        RunResults near = run with { Rounds = [.. run.Rounds.Select(r => r.Order == 0 && !r.Warmup ? r with { Yardstick = new Yardstick(r.Round, 100, null, 1) } : r)] };
        Assert.That(Night(near), Is.Zero, session.Errors);
        Assert.That(Night(other), Is.Zero);
        Assert.That(session.Out, Does.Contain("1 skipped"));
        Assert.That(Directory.GetFiles(Path.Combine(session.Folder, "store", "baselines")), Has.Length.EqualTo(2));
        Assert.That(Night(apart), Is.Zero);
        Assert.That(session.Out, Does.Contain("the CPUs are not where they were"));
        Assert.That(Directory.GetFiles(Path.Combine(session.Folder, "store", "baselines")).Select(f => ResultsFile.Load(f).Title), Has.None.EqualTo("apart"));

        int Night(RunResults results) => session.Call("gate", Save("tonight", ResultsBuilder.Reassemble(results, results.Rounds)), "--gates", gates, "--nightly", "nightly");
    }

    [Test]
    public void A_release_is_pinned_when_that_is_asked_for()
    {
        string gates = Gates("threshold = '10%'");
        Assert.That(session.Call("gate", Save("a", run), "--gates", gates, "--pinned", "release"), Is.Zero);
        string release = Save("b", run with { Title = "0.2.0" });
        Assert.That(session.Call("gate", release, "--gates", gates, "--pinned", "release"), Is.Zero);
        Assert.That(Kept("release")!.Title, Is.EqualTo(run.Title));
        Assert.That(session.Call("gate", release, "--gates", gates, "--pinned", "release", "--pin"), Is.Zero);
        Assert.That(Kept("release")!.Title, Is.EqualTo("0.2.0"));
        Assert.That(session.Call("gate", release, "--gates", gates, "--nightly", "n", "--pin"), Is.EqualTo(ExitCodes.Usage));
        Assert.That(session.Call("gate", release, "--gates", gates, "--nightly", "n", "--base", release), Is.EqualTo(ExitCodes.Usage));
    }

    private RunResults NotRun(string backend) => run with
    {
        Cases = [.. run.Cases.Select(c => c.Backend == backend ? c with { Status = CaseStatus.NotRun, Reason = "/dev/kvm is missing", Samples = [], Summary = null } : c)],
        Rounds = [.. run.Rounds.Where(r => !r.CaseId.Contains($"/{backend}/", StringComparison.Ordinal))],
    };

    private RunResults? Kept(string name)
    {
        string folder = Path.Combine(session.Folder, "store", "baselines");
        return Directory.Exists(folder) && Directory.GetFiles(folder, name + ".*.json") is [string one] ? ResultsFile.Load(one) : null;
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
