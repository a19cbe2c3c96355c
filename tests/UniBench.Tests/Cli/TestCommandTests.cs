using System.Xml.Linq;
using NUnit.Framework;
using UniBench.Cli;
using UniBench.Workloads;

namespace UniBench.Tests.Cli;

/// <summary>test, check, plan, init and watch.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class TestCommandTests : IDisposable
{
    private readonly Session session = new("hello\n@sample rtt_p50 ns 100\nworld\n");

    public void Dispose() => session.Dispose();

    [TestCase(""".Expect(0)""", null)]
    [TestCase(""".Expect(3)""", "exit 0, expected exit 3")]
    [TestCase(""".ExpectSignal(9)""", "expected killed by signal 9")]
    [TestCase(""".ExpectOutput("hello\nworld\n")""", null)]
    [TestCase(""".ExpectOutput("hello\n")""", "expected that its output is 'hello\\n', but it printed 'hello\\nworld\\n'")]
    [TestCase(""".ExpectMatch("^wor.d$")""", null)]
    [TestCase(""".ExpectMatch("^word$")""", "expected that its output matches /^word$/")]
    [TestCase(""".Expect("rtt_p50", atMost: 100)""", null)]
    [TestCase(""".Expect("rtt_p50", atLeast: 101)""", "expected rtt_p50 at least 101, measured 100")]
    [TestCase(""".Expect("rtt_p5O", atMost: 1)""", "expected a sample 'rtt_p5O'")]
    public void An_expectation_that_is_not_met_fails_with_what_was_seen(string expectation, string? message)
    {
        string script = session.Script($"""Case("a", Program("true")){expectation};""");
        Assert.That(session.Call("test", script), Is.EqualTo(message is null ? ExitCodes.Ok : ExitCodes.WorkloadFailed), session.Out);
        Assert.That(session.Out, Does.Contain(message ?? "4 passed, 0 failed, 0 skipped"));
        Assert.That(session.Backends["unikernel"].Launches, Has.Count.EqualTo(1));
    }

    [Test]
    public void Of_texts_of_several_lines_the_lines_that_differ_are_shown()
    {
        string script = session.Script("""Case("a", Program("true")).ExpectOutput("hello\nyou\nworld\n");""");
        Assert.That(session.Call("test", script, "--backends", "process"), Is.EqualTo(ExitCodes.WorkloadFailed));
        Assert.That(session.Out, Does.Contain("\n  hello\n- you\n  world\n"));
    }

    [TestCase("test/b*", "b1 b2")]
    [TestCase("b?", "b1 b2")]
    [TestCase("a/process", "a")]
    [TestCase("b1", "b1")]
    public void Cases_are_chosen_by_a_pattern(string pattern, string expected)
    {
        string script = session.Script("""Case("a", Program("true")).Expect(0); Case("b1", Program("true")).Expect(0); Case("b2", Program("true")).Expect(0);""");
        Assert.That(session.Call("test", script, "--backends", "process", "--case", pattern), Is.Zero, session.Errors);
        Assert.That(session.Out.Split('\n').Where(l => l.StartsWith("ok ", StringComparison.Ordinal)).Select(l => l.Split('/')[1]), Is.EqualTo(expected.Split(' ')));
        Assert.That(session.Call("plan", script, "--backends", "process", "--case", pattern), Is.Zero, session.Errors);
        Assert.That(session.Out, Does.Contain($"\n{expected.Split(' ').Length} case"));
    }

    [TestCase("test")]
    [TestCase("run", "--dry-run")]
    [TestCase("plan")]
    public void A_pattern_that_fits_no_case_is_exit_code_5(string command, params string[] more)
    {
        string script = session.Script("""Case("a", Program("true")).Metric("rtt_p50", "ns", Lower);""");
        Assert.That(session.Call([command, script, "--case", "b*", .. more]), Is.EqualTo(ExitCodes.NothingMeasured));
        Assert.That(session.Errors, Does.Contain("no case was chosen").And.Contain("test/a/"));
    }

    [Test]
    public void The_first_failure_ends_a_test_that_is_to_end_there()
    {
        string first = session.Script("""Case("a", Program("true")).Expect(1); Case("b", Program("true")).Expect(1);""", "first.csx");
        string second = session.Script("""Case("c", Program("true")).Expect(0);""", "second.csx");
        Assert.That(session.Call("test", first, second, "--backends", "process", "-x"), Is.EqualTo(ExitCodes.WorkloadFailed));
        Assert.That(session.Out, Does.Contain("0 passed, 1 failed, 1 skipped"));
        Assert.That(session.Backends["process"].Launches, Has.Count.EqualTo(1));
    }

    [Test]
    public void Cases_that_failed_the_last_time_are_tested_again_until_they_pass()
    {
        string good = session.Script("""Case("a", Program("true")).Expect(0);""", "good.csx");
        string script = session.Script("""Case("b", Program("true")).Expect(0); Case("c", Program("true")).Expect(1);""");
        Assert.That(session.Call("test", good, script, "--backends", "process"), Is.EqualTo(ExitCodes.WorkloadFailed));
        int launches = session.Backends["process"].Launches.Count;
        session.Script("""Case("b", Program("true")).Expect(0); Case("c", Program("true")).Expect(0);""");
        Assert.That(session.Call("test", good, script, "--backends", "process", "--last-failed"), Is.Zero, session.Out);
        Assert.That(session.Backends["process"].Launches, Has.Count.EqualTo(launches + 1));
        Assert.That(session.Out, Does.EndWith("ok    test/c/process/free\n1 passed, 0 failed, 0 skipped\n"));
        Assert.That(session.Call("test", good, script, "--backends", "process", "--last-failed"), Is.Zero);
        Assert.That(session.Errors, Does.Contain("no case of these scenarios failed the last time"));
        Assert.That(session.Out, Does.EndWith("3 passed, 0 failed, 0 skipped\n"));
    }

    [Test]
    public void A_death_by_the_expected_signal_is_a_success()
    {
        session.Use(new ReplayBackend("process") { Answer = (_, _) => ReplayBackend.Ended(ExitStatus.Killed(9)) });
        Assert.That(session.Call("test", session.Script("""Case("a", Program("true")).ExpectSignal(9);"""), "--backends", "process"), Is.Zero, session.Out);
    }

    [Test]
    public void Junit_has_a_case_for_each_and_the_reasons()
    {
        session.Use(new ReplayBackend("container") { Availability = new Availability("runc is not installed") });
        string junit = Path.Combine(session.Folder, "test.xml");
        string script = session.Script("""Case("good", Program("true")).Expect(0); Case("bad", Program("true")).Expect(1);""");
        Assert.That(session.Call("test", script, "--junit", junit, "--backends", "unikernel,process,container"), Is.EqualTo(ExitCodes.WorkloadFailed));
        XElement suite = XDocument.Load(junit).Root!.Elements("testsuite").Single();
        Assert.That(((int)suite.Attribute("tests")!, (int)suite.Attribute("failures")!, (int)suite.Attribute("skipped")!), Is.EqualTo((6, 2, 2)));
        Assert.That(session.Out, Does.Contain("skip  test/good/container/free: runc is not installed").And.Contain("2 passed, 2 failed, 2 skipped"));
    }

    [TestCase("""Case("a", Program("true")).Expect(0);""", ExitCodes.Ok, "3 passed, 0 failed, 0 skipped")]
    [TestCase("""Case("a", Program("true")).Backends("process", "unikernel").Expect(0);""", ExitCodes.BackendUnavailable, "1 passed, 0 failed, 1 skipped")]
    public void A_missing_backend_counts_only_where_a_scenario_names_it(string code, int exit, string sum)
    {
        session.Use(new ReplayBackend("unikernel") { Availability = new Availability("/dev/kvm is missing") });
        Assert.That(session.Call("test", session.Script(code)), Is.EqualTo(exit), session.Errors);
        Assert.That(session.Out, Does.Contain(sum));
    }

    [Test]
    public void A_plan_leaves_out_what_cannot_run_and_says_so_once()
    {
        session.Use(new ReplayBackend("unikernel") { Availability = new Availability("/dev/kvm is missing") });
        Assert.That(session.Call("plan", session.Script("""Case("a", [Param("size", 1, 2)], p => Program("true", p["size"])).Expect(0);""")), Is.Zero);
        Assert.That(session.Out, Does.Contain("6 cases").And.Not.Contain("unikernel").And.Not.Contain("not run"));
        Assert.That(session.Errors, Is.EqualTo("unibench: without unikernel, which cannot run here: /dev/kvm is missing\n"));
    }

    [Test]
    public void A_directory_stands_for_its_scenarios_without_those_that_others_load()
    {
        session.Script("""Case("a", Program("true")).Expect(0);""", "one.csx");
        session.Script("""Case("b", Program("true")).Expect(0);""", "two.csx");
        session.Script("not a scenario", "_shared.csx");
        Assert.That(session.Call("test", session.Folder, "--backends", "process"), Is.Zero, session.Errors);
        Assert.That(session.Out, Does.Contain("one/a/process/free").And.Contain("two/b/process/free").And.Contain("2 passed"));
    }

    [Test]
    public void Check_compiles_names_every_error_with_its_place_and_runs_no_line()
    {
        string good = session.Script("""Case("a", Program("true")).Expect(0);""", "good.csx");
        string bad = session.Script("""Cas("a");""", "bad.csx");
        string mark = Path.Combine(session.Folder, "mark");
        string acts = session.Script($$"""File.WriteAllText("{{mark}}", "");""", "acts.csx");
        Assert.That(session.Call("check", good, bad, acts, "nowhere.csx"), Is.EqualTo(ExitCodes.Usage));
        Assert.That(session.Out, Is.EqualTo($"{good}: ok{Environment.NewLine}{acts}: ok{Environment.NewLine}"));
        Assert.That(session.Errors, Does.Contain($"{bad}(1,1): error CS0103").And.Contain("unibench: there is no scenario nowhere.csx"));
        Assert.That(File.Exists(mark), Is.False);
        Assert.That(session.Backends.Values.SelectMany(b => b.Launches), Is.Empty);
    }

    [TestCase("test")]
    [TestCase("plan")]
    [TestCase("run")]
    public void The_errors_of_all_scripts_are_told_before_anything_is_launched(string command)
    {
        string one = session.Script("""Case("a", Program("true"));""", "one.csx");
        session.Script("""Case("a", Program("true")).Expect(0);""", "three.csx");
        string two = session.Script("""Cas("a");""", "two.csx");
        Assert.That(session.Call(command, session.Folder), Is.EqualTo(ExitCodes.Usage));
        Assert.That(session.Errors, Does.Contain($"{one}(1,1): error: ").And.Contain("keeps no metric").And.Contain($"{two}(1,1): error CS0103"));
        Assert.That(session.Backends.Values.SelectMany(b => b.Launches), Is.Empty);
    }

    [TestCase("test")]
    [TestCase("check")]
    [TestCase("plan")]
    [TestCase("list")]
    public void A_directory_without_scenarios_is_an_error_and_not_a_success(string command)
    {
        Assert.That(session.Call(command, session.Folder), Is.EqualTo(ExitCodes.Usage));
        Assert.That(session.Errors, Does.Contain($"there is no scenario (*.csx) in {session.Folder}"));
    }

    [Test]
    public void A_plan_shows_every_case_and_how_often_it_is_launched_and_launches_nothing()
    {
        string script = session.Script("""Case("a", [Param("size", 1, 2)], p => Program("true", p["size"])).Metric("rtt_p50", "ns", Lower);""");
        Assert.That(session.Call("plan", script, "--rounds", "10", "--backends", "process,unikernel"), Is.Zero, session.Errors);
        Assert.That(session.Out, Does.Contain("test/a{size=2}/unikernel/free  rtt_p50 [ns]  true 2").And.Contain("4 cases, 2 to 5 warm-up rounds and 10 rounds: 48 to 60 launches"));
        Assert.That(session.Call("run", script, "--dry-run", "--rounds", "10", "--warmup", "1", "--out", session.Results), Is.Zero);
        Assert.That(session.Out, Does.Contain("8 cases, 1 warm-up round and 10 rounds: 88 launches"));
        Assert.That(session.Backends.Values.SelectMany(b => b.Launches), Is.Empty);
        Assert.That(Directory.Exists(session.Results), Is.False);
    }

    [Test]
    public void Init_writes_a_scenario_that_compiles_and_never_writes_over_one()
    {
        string path = Path.Combine(session.Folder, "mine");
        Assert.That(session.Call("init", path), Is.Zero, session.Errors);
        Assert.That(session.Call("check", path + ".csx"), Is.Zero, session.Errors);
        Assert.That(File.ReadAllText(path + ".csx"), Does.Contain("Title(\"mine: ").And.Not.Contain("{name}").And.Contain("@sample NAME UNIT VALUE"));
        Assert.That(session.Call("init", path + ".csx"), Is.EqualTo(ExitCodes.Usage));
    }

    [Test]
    public void Watch_runs_again_when_a_loaded_file_changes()
    {
        session.Script("""string Name() => "first";""", "_name.csx");
        string script = session.Script("""
            #load "_name.csx"
            Case(Name(), Program("true")).Expect(0);
            """);
        bool changed = false;
        session.Use(new ReplayBackend("process")
        {
            Answer = (_, _) =>
            {
                if (!changed)
                {
                    changed = true;
                    session.Script("""string Name() => "second";""", "_name.csx");
                    File.SetLastWriteTimeUtc(Path.Combine(session.Folder, "_name.csx"), DateTime.UtcNow.AddSeconds(2));
                }

                return ReplayBackend.Printed("");
            },
        });
        Assert.That(session.Call("watch", script, "--backends", "process", "--rounds", "1", "--times", "2", "--out", session.Results), Is.Zero, session.Errors);
        Assert.That(session.Load().Cases.Single().Name, Is.EqualTo("second"));
        Assert.That(session.Errors, Does.Contain("waiting for a change of _name.csx, test.csx"));
    }

    [TestCase(0.0, ExitCodes.Ok)]
    [TestCase(0.5, ExitCodes.Untrustworthy)]
    public void Selftest_fails_where_one_label_is_slower_than_the_other(double slower, int expected)
    {
        int launches = 0;
        session.Use(new ReplayBackend("process")
        {
            // The schedule is known from the seed, so this backend can know whose turn it is.
            Answer = (request, launch) =>
            {
                string label = Order[launch];
                double value = (100 + (launches++ % 7)) * (label == "B" ? 1 + slower : 1);
                return ReplayBackend.Printed(FormattableString.Invariant($"@sample getppid_ns ns {value:0.0}\n@sample rtt_p50 ns {value:0.0}\n@sample fork_exit_wait_p50 ns {value:0.0}\n"));
            },
        });
        Assert.That(session.Call("selftest", "--rounds", "60", "--seed", "3"), Is.EqualTo(expected), session.Out + session.Errors);
        Assert.That(session.Out, Does.Contain("all: 9 comparisons of 20 rounds"));
    }

    private static string[] Order { get; } = LabelsOf(seed: 3, rounds: 61);

    private static string[] LabelsOf(long seed, int rounds)
    {
        UniBench.Measure.CasePoint[] points = [.. Enumerable.Range(0, 6).Select(i => UniBench.Tests.Measure.Fabricated.Point("x", i % 2 == 0 ? "A" : "B", "process", "same"))];
        return [.. UniBench.Measure.Schedule.Blocks(points, seed).Take(rounds).SelectMany(b => b).Select(l => l.Case.Params["size"])];
    }
}
