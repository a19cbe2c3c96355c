using NUnit.Framework;
using UniBench.Backends;
using UniBench.Cli;
using UniBench.Measure;
using UniBench.Workloads;

namespace UniBench.Tests.Cli;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class RunCommandTests : IDisposable
{
    private const string Rtt = """
        Title("Pipes"); Question("How long?");
        var size = Param("size", 1, 64);
        Case("rtt", [size], p => Program("true", "--size", p[size])).Metric("rtt_p50", "ns", Lower);
        """;

    private readonly Session session = new();

    public void Dispose() => session.Dispose();

    [Test]
    public void A_run_writes_results_and_a_report_and_sums_up_on_stdout()
    {
        Assert.That(session.Run(Rtt, "--rounds", "3"), Is.EqualTo(ExitCodes.Ok), session.Errors);
        RunResults results = session.Load();
        Assert.Multiple(() =>
        {
            Assert.That(results.Title, Is.EqualTo("Pipes"));
            Assert.That(results.Questions, Is.EqualTo(new[] { "How long?" }));
            Assert.That(results.Interrupted, Is.False);
            Assert.That(results.Cases.Select(c => c.Id), Is.EquivalentTo(new[]
            {
                "test/rtt{size=1}/unikernel/free", "test/rtt{size=1}/sandbox/free", "test/rtt{size=1}/process/free", "test/rtt{size=1}/container/free",
                "test/rtt{size=64}/unikernel/free", "test/rtt{size=64}/sandbox/free", "test/rtt{size=64}/process/free", "test/rtt{size=64}/container/free",
            }));
            Assert.That(results.Cases, Has.All.Property(nameof(CaseMetric.Status)).EqualTo(CaseStatus.Ok));
            Assert.That(results.Cases, Has.All.Property(nameof(CaseMetric.Samples)).EqualTo(new double[] { 100, 100, 100 }));
            Assert.That(File.ReadAllText(Path.Combine(session.Results, "report.md")), Does.Contain("Pipes"));
            Assert.That(session.Out, Does.Contain("Pipes").And.Contain("report.md"));
            Assert.That(session.Errors, Does.Contain("measuring, round 3"));
        });
    }

    [Test]
    public void The_arguments_of_a_point_reach_every_backend()
    {
        session.Run(Rtt, "--rounds", "1", "--warmup", "0");
        foreach (ReplayBackend backend in BackendRegistry.Usual.Select(name => session.Backends[name]))
        {
            Assert.That(backend.Launches.Select(l => string.Join(' ', l.Stages[0].Arguments)), Is.EquivalentTo(new[] { "true --size 1", "true --size 64" }));
        }
    }

    [Test]
    public void Every_block_holds_every_case_once_in_an_order_that_the_seed_decides()
    {
        session.Run(Rtt, "--rounds", "4", "--warmup", "1");
        string[][] blocks = Blocks();
        session.Run(Rtt, "--rounds", "4", "--warmup", "1");
        Assert.Multiple(() =>
        {
            Assert.That(blocks, Has.Length.EqualTo(5));
            Assert.That(blocks, Has.All.EquivalentTo(blocks[0]));
            Assert.That(blocks.Select(b => string.Join(' ', b)).Distinct().Count(), Is.GreaterThan(1), "shuffled anew in each block");
            Assert.That(Blocks(), Is.EqualTo(blocks), "one seed, one order");
        });

        string[][] Blocks() => [.. session.Load().Rounds.GroupBy(r => r.Round).OrderBy(g => g.Key).Select(g => g.OrderBy(r => r.Order).Select(r => r.CaseId).ToArray())];
    }

    [Test]
    public void Warm_up_launches_are_kept_and_not_counted()
    {
        session.Run(Rtt, "--rounds", "2", "--warmup", "3");
        RunResults results = session.Load();
        Assert.That(results.Rounds.Count(r => r.Warmup), Is.EqualTo(3 * 2 * BackendRegistry.Usual.Count));
        Assert.That(results.Cases[0].Samples, Has.Count.EqualTo(2));
    }

    [Test]
    public void Quick_means_five_rounds_unless_rounds_are_given()
    {
        session.Run(Rtt, "--quick");
        Assert.That(session.Load().RoundsPlanned, Is.EqualTo(5));
        session.Run(Rtt, "--quick", "--rounds", "2");
        Assert.That(session.Load().RoundsPlanned, Is.EqualTo(2));
    }

    [Test]
    public void Values_of_the_command_line_replace_those_of_the_scenario()
    {
        session.Run(Rtt, "--rounds", "1", "-p", "size=4k,2M", "--backends", "process");
        Assert.That(session.Load().Cases.Select(c => c.Params["size"]), Is.EqualTo(new[] { "4096", "2097152" }));
    }

    [Test]
    public void An_unknown_parameter_is_refused_with_the_names_there_are()
    {
        Assert.That(session.Run(Rtt, "-p", "sizes=1"), Is.EqualTo(ExitCodes.Usage));
        Assert.That(session.Errors, Does.Contain("'sizes'").And.Contain("there are: size"));
        Assert.That(session.Backends["process"].Launches, Is.Empty);
    }

    [Test]
    public void A_parameter_of_one_of_several_scenarios_is_known()
    {
        string other = session.Script("Case(\"other\", Program(\"true\")).Metric(\"rtt_p50\", \"ns\", Lower);", "other.csx");
        Assert.That(session.Run(Rtt, other, "-p", "size=1", "--rounds", "1"), Is.EqualTo(ExitCodes.Ok), session.Errors);
        Assert.That(Directory.EnumerateDirectories(session.Results).Select(Path.GetFileName), Is.EquivalentTo(new[] { "test", "other" }));
    }

    [Test]
    public void A_placement_of_the_command_line_is_the_only_one()
    {
        session.Run(Rtt.Replace(").Metric", ").Placements(Same, Free).Metric", StringComparison.Ordinal), "--rounds", "1", "--placement", "same");
        Assert.That(session.Load().Cases, Has.All.Property(nameof(CaseMetric.Placement)).EqualTo("same"));
        Assert.That(session.Backends["process"].Launches, Has.All.Property(nameof(LaunchRequest.Cpus)).Count.EqualTo(1));
    }

    [Test]
    public void A_backend_that_is_missing_is_left_out_and_that_is_said_once()
    {
        session.Use(new ReplayBackend("unikernel") { Availability = new Availability("/dev/kvm is missing", "modprobe kvm_intel") });
        Assert.That(session.Run(Rtt, "--rounds", "1"), Is.EqualTo(ExitCodes.Ok), "nobody asked for unikernels by name");
        RunResults results = session.Load();
        Assert.Multiple(() =>
        {
            Assert.That(results.Cases.Select(c => c.Backend).Distinct(), Is.EqualTo(new[] { "sandbox", "process", "container" }));
            Assert.That(results.Cases.Select(c => c.Status), Is.All.EqualTo(CaseStatus.Ok));
            Assert.That(results.Environment.BackendTraits.Select(t => t.Name), Is.EqualTo(new[] { "sandbox", "process", "container" }));
            Assert.That(results.Findings.Single(f => f.Code == "left-out").Message, Does.Contain("unikernel").And.Contain("/dev/kvm is missing").And.Contain("modprobe"));
            Assert.That(session.Errors.Split('\n').Where(l => l.Contains("/dev/kvm", StringComparison.Ordinal)), Is.EqualTo(new[] { "unibench: without unikernel, which cannot run here: /dev/kvm is missing: modprobe kvm_intel" }));
        });
    }

    [Test]
    public void A_scenario_that_asks_for_a_missing_backend_by_name_fails_loudly_after_the_others_ran()
    {
        session.Use(new ReplayBackend("unikernel") { Availability = new Availability("/dev/kvm is missing", "modprobe kvm_intel") });
        Assert.That(session.Run(Rtt + "\nCase(\"vm\", Program(\"true\")).Backends(\"unikernel\").Metric(\"rtt_p50\", \"ns\", Lower);", "--rounds", "1"), Is.EqualTo(ExitCodes.BackendUnavailable));
        CaseMetric missing = session.Load().Cases.Single(c => c.Backend == "unikernel");
        Assert.That((missing.Id, missing.Status), Is.EqualTo(("test/vm/unikernel/free", CaseStatus.NotRun)));
        Assert.That(missing.Reason, Does.Contain("/dev/kvm is missing"));
        Assert.That(session.Errors, Does.Contain("test.csx asks for unikernel, which cannot run here"));
        Assert.That(session.Backends["sandbox"].Launches, Has.Count.EqualTo(4), "two points, one of them in a warm-up round, and none for the case that wants a VM");
    }

    [Test]
    public void Results_keep_what_their_backends_are()
    {
        session.Use(new ReplayBackend("sandbox") { Traits = EnginePlatform.Sandbox.Traits });
        session.Run(Rtt, "--rounds", "2");
        BackendTraits kept = session.Load().Environment.TraitsOf("sandbox");
        Assert.That((kept.IsEngine, kept.IsVm, kept.Look), Is.EqualTo((true, false, EnginePlatform.Sandbox.Traits.Look)));
        Assert.That(File.ReadAllText(Path.Combine(session.Results, "report.md")), Does.Contain("| sandbox | process isolation with a seccomp filter of 9 calls; not a VM |"));
    }

    [Test]
    public void A_missing_backend_that_was_asked_for_by_name_is_exit_code_4_after_the_others_ran()
    {
        session.Use(new ReplayBackend("container") { Availability = new Availability("runc is not installed", "apt-get install runc") });
        Assert.That(session.Run(Rtt, "--rounds", "1", "--backends", "process,container"), Is.EqualTo(ExitCodes.BackendUnavailable));
        Assert.That(session.Load().Cases.Count(c => c.Status == CaseStatus.Ok), Is.EqualTo(2));
    }

    [Test]
    public void Nothing_measured_is_exit_code_5()
    {
        const string OnlyContainers = "Case(\"a\", Program(\"true\")).Backends(\"container\").Metric(\"rtt_p50\", \"ns\", Lower);";
        Assert.That(session.Run(OnlyContainers, "--backends", "process"), Is.EqualTo(ExitCodes.NothingMeasured));
        session.Use(new ReplayBackend("container") { Availability = new Availability("no runc", "install it") });
        Assert.That(session.Run(OnlyContainers, "--rounds", "1"), Is.EqualTo(ExitCodes.BackendUnavailable), "the scenario names it");
        Assert.That(session.Load().Cases.Single().Status, Is.EqualTo(CaseStatus.NotRun));
    }

    [Test]
    public void A_workload_that_fails_is_exit_code_3_and_its_stderr_is_quoted()
    {
        session.Use(new ReplayBackend("process") { Answer = (_, _) => ReplayBackend.Ended(ExitStatus.Exited(1), stderr: "pipe: Too many open files\n") });
        Assert.That(session.Run(Rtt, "--rounds", "1"), Is.EqualTo(ExitCodes.WorkloadFailed));
        CaseMetric failed = session.Load().Cases.First(c => c.Backend == "process");
        Assert.That(failed.Status, Is.EqualTo(CaseStatus.Failed));
        Assert.That(failed.Reason, Does.Contain("true: exit 1, expected exit 0: pipe: Too many open files"));
        Assert.That(session.Load().Cases.Count(c => c.Status == CaseStatus.Ok), Is.EqualTo(2 * (BackendRegistry.Usual.Count - 1)), "the others are not touched");
    }

    [Test]
    public void A_case_that_failed_twice_is_not_launched_again_and_the_report_says_so()
    {
        session.Use(new ReplayBackend("process") { Answer = (_, _) => ReplayBackend.Ended(ExitStatus.Killed(11)) });
        session.Run(Rtt, "--rounds", "10", "--warmup", "0", "-p", "size=1");
        Assert.That(session.Backends["process"].Launches, Has.Count.EqualTo(2));
        Assert.That(session.Backends["unikernel"].Launches, Has.Count.EqualTo(10));
        Assert.That(session.Load().Findings.Select(f => f.Code), Does.Contain("given-up"));
    }

    [Test]
    public void A_backend_that_cannot_start_a_program_fails_the_launch_with_its_message()
    {
        session.Use(new ReplayBackend("unikernel") { Answer = (_, _) => throw new LaunchException("true: not a static program") });
        Assert.That(session.Run(Rtt, "--rounds", "1", "--warmup", "0"), Is.EqualTo(ExitCodes.WorkloadFailed));
        Assert.That(session.Load().Cases.First(c => c.Backend == "unikernel").Reason, Does.Contain("not a static program"));
    }

    [Test]
    public void A_time_out_fails_the_launch()
    {
        session.Use(new ReplayBackend("process") { Answer = (_, _) => ReplayBackend.Ended(ExitStatus.Killed(9)) with { Outcome = FamilyOutcome.TimedOut } });
        Assert.That(session.Run(Rtt, "--rounds", "1", "--timeout", "250ms"), Is.EqualTo(ExitCodes.WorkloadFailed));
        Assert.That(session.Load().Cases.First(c => c.Backend == "process").Reason, Does.Contain("did not end within 0.25 s"));
        Assert.That(session.Backends["unikernel"].Launches[0].Timeout, Is.EqualTo(TimeSpan.FromMilliseconds(250)));
    }

    [TestCase("@sample rtt_p90 ns 5\n", "printed no sample 'rtt_p50'; it printed: rtt_p90")]
    [TestCase("hello\n", "printed no sample 'rtt_p50'; it printed: none")]
    [TestCase("@sample rtt_p50 us 5\n", "sample 'rtt_p50' is in us, the scenario says ns")]
    [TestCase("@sample rtt_p50 ns abc\n", "not a sample line")]
    [TestCase("@sample rtt_p50 ns 5\n@sample wall_ms ms 5\n", "the name of a metric that every launch has")]
    public void A_metric_that_the_program_does_not_print_as_declared_fails_the_launch(string printed, string reason)
    {
        session.Use(new ReplayBackend("process") { Answer = (_, _) => ReplayBackend.Printed(printed) });
        Assert.That(session.Run(Rtt, "--rounds", "1"), Is.EqualTo(ExitCodes.WorkloadFailed));
        Assert.That(session.Load().Cases.First(c => c.Backend == "process").Reason, Does.Contain(reason));
    }

    [Test]
    public void Metrics_that_every_launch_has_need_no_sample()
    {
        const string Costs = """
            Case("a", Program("true")).Backends("process")
                .Metric("wall_ms", "ms", Lower).Metric("cpu_ms", "ms", Lower).Metric("max_rss_mb", "MB", Lower).Metric("start_ms", "ms", Lower);
            """;
        session.Use(new ReplayBackend("process") { Answer = (_, _) => ReplayBackend.Printed("@sample main_stamp ns 3500000\n") });
        Assert.That(session.Run(Costs, "--rounds", "1"), Is.EqualTo(ExitCodes.Ok), session.Errors);
        Assert.That(session.Load().Cases.Select(c => c.Samples[0]), Is.EqualTo(new[] { 20, 15, 3, 2.5 }).Within(1e-9));
    }

    [Test]
    public void A_pipeline_is_judged_by_its_last_stage_and_may_end_the_others_by_sigpipe()
    {
        const string Pipeline = "Case(\"a\", Program(\"true\") | Program(\"true\")).Expect(3).Metric(\"wall_ms\", \"ms\", Lower);";
        LaunchResult fine = ReplayBackend.Printed("") with { Stages = [ExitStatus.Killed(13), ExitStatus.Exited(3)] };
        LaunchResult broken = fine with { Stages = [ExitStatus.Exited(1), ExitStatus.Exited(3)] };
        session.Use(new ReplayBackend("process") { Answer = (_, _) => fine });
        Assert.That(session.Run(Pipeline, "--rounds", "1", "--backends", "process"), Is.EqualTo(ExitCodes.Ok), session.Errors);
        session.Use(new ReplayBackend("process") { Answer = (_, _) => broken });
        Assert.That(session.Run(Pipeline, "--rounds", "1", "--backends", "process"), Is.EqualTo(ExitCodes.WorkloadFailed));
    }

    [Test]
    public void Standard_input_is_at_its_start_in_every_launch()
    {
        List<string> read = [];
        session.Use(new ReplayBackend("process")
        {
            Answer = (request, _) =>
            {
                read.Add(File.ReadAllText($"/proc/self/fd/{request.Stdin}"));
                return ReplayBackend.Printed("");
            },
        });
        session.Run("Case(\"a\", Program(\"true\")).StandardInput(\"words\\n\").Metric(\"wall_ms\", \"ms\", Lower);", "--rounds", "2", "--backends", "process");
        Assert.That(read, Is.EqualTo(new[] { "words\n", "words\n", "words\n" }));
    }

    [Test]
    public void A_directory_that_cannot_be_written_is_found_before_anything_is_measured()
    {
        string file = session.Script("", "taken");
        Assert.That(session.Call("run", session.Script(Rtt), "--out", Path.Combine(file, "below")), Is.EqualTo(ExitCodes.Usage));
        Assert.That(session.Errors, Does.Contain("cannot write results"));
        Assert.That(session.Backends["process"].Launches, Is.Empty);
    }

    [Test]
    public void A_fault_of_the_tool_is_exit_code_1_and_keeps_what_was_measured()
    {
        session.Use(new ReplayBackend("process") { Answer = (_, n) => n < 3 ? ReplayBackend.Printed("@sample rtt_p50 ns 1\n") : throw new InvalidOperationException("a bug") });
        Assert.That(session.Run(Rtt, "--rounds", "5", "--backends", "process"), Is.EqualTo(ExitCodes.InternalError));
        Assert.That(session.Load().Rounds, Has.Count.EqualTo(3));
        Assert.That(session.Load().Interrupted, Is.True);
        Assert.That(File.Exists(Path.Combine(session.Results, "report.md")), Is.True);
    }

    [Test]
    public void Script_arguments_are_the_scripts_own()
    {
        int code = session.Run("foreach (var a in Args) Case(a, Program(\"true\")).Metric(\"rtt_p50\", \"ns\", Lower);", "--rounds", "1", "--", "first", "second");
        Assert.That(code, Is.EqualTo(ExitCodes.Ok), session.Errors);
        Assert.That(session.Load().Cases.Select(c => c.Name).Distinct(), Is.EqualTo(new[] { "first", "second" }));
        Assert.That(session.Load().Scenario.Args, Is.EqualTo(new[] { "first", "second" }));
    }
}
