using NUnit.Framework;
using UniBench.Cli;
using UniBench.Workloads;

namespace UniBench.Tests.Cli;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class ExecCommandTests : IDisposable
{
    private readonly Session session = new();

    public void Dispose() => session.Dispose();

    [Test]
    public void Arguments_and_descriptors_are_passed_through()
    {
        Assert.That(session.Call("exec", "--backend", "process", "--memory", "64M", "--env", "A=b=c", "--", "true", "--stats", "--", "-x"), Is.Zero, session.Errors);
        LaunchRequest request = session.Backends["process"].Launches.Single();
        Assert.Multiple(() =>
        {
            Assert.That(request.Stages.Single().Arguments, Is.EqualTo(new[] { "true", "--stats", "--", "-x" }));
            Assert.That(Path.IsPathFullyQualified(request.Stages.Single().Path));
            Assert.That((request.Stdin, request.Stdout, request.Stderr), Is.EqualTo((0, 1, 2)));
            Assert.That(request.MemoryBytes, Is.EqualTo(64 << 20));
            Assert.That(request.Environment, Does.Contain("A=b=c").And.Contain("HOME=/"));
            Assert.That(session.Out + session.Errors, Is.Empty, "nothing but the program's own output");
        });
    }

    [Test]
    public void Without_a_separator_the_first_word_that_is_no_option_is_the_program()
    {
        Assert.That(session.Call("exec", "--timeout", "5s", "--stats", "true", "--timeout", "1"), Is.Zero, session.Errors);
        LaunchRequest request = session.Backends["unikernel"].Launches.Single();
        Assert.That(request.Stages.Single().Arguments, Is.EqualTo(new[] { "true", "--timeout", "1" }));
        Assert.That(request.Timeout, Is.EqualTo(TimeSpan.FromSeconds(5)));
    }

    [TestCase("never", SpinPolicy.Never)]
    [TestCase("always", SpinPolicy.Always)]
    [TestCase("auto", SpinPolicy.Auto)]
    public void The_spin_policy_is_passed_on(string word, SpinPolicy policy)
    {
        Assert.That(session.Call("exec", "--spin", word, "--", "true"), Is.Zero, session.Errors);
        Assert.That(session.Backends["unikernel"].Launches.Single().Spin, Is.EqualTo(policy));
    }

    [Test]
    public void An_unknown_spin_policy_is_refused_with_the_known_ones()
    {
        Assert.That(session.Call("exec", "--spin", "often", "--", "true"), Is.EqualTo(ExitCodes.OwnFailure));
        Assert.That(session.Errors, Does.Contain("'often' is not one of auto, never, always"));
    }

    [Test]
    public void A_variable_that_is_given_replaces_the_default()
    {
        session.Call("exec", "--env", "HOME=/root", "--", "true");
        Assert.That(session.Backends["unikernel"].Launches.Single().Environment.Where(e => e.StartsWith("HOME=", StringComparison.Ordinal)), Is.EqualTo(new[] { "HOME=/root" }));
    }

    [TestCase(0, 0, 0)]
    [TestCase(42, 0, 42)]
    [TestCase(0, 9, 137)]
    [TestCase(0, 11, 139)]
    public void The_exit_code_is_the_programs_or_128_and_its_signal(int code, int signal, int expected)
    {
        session.Use(new ReplayBackend("unikernel") { Answer = (_, _) => ReplayBackend.Ended(new ExitStatus(code, signal)) });
        Assert.That(session.Call("exec", "--", "true"), Is.EqualTo(expected));
    }

    [Test]
    public void A_time_out_is_exit_code_124_and_said()
    {
        session.Use(new ReplayBackend("unikernel") { Answer = (_, _) => ReplayBackend.Ended(ExitStatus.Killed(9)) with { Outcome = FamilyOutcome.TimedOut } });
        Assert.That(session.Call("exec", "--timeout", "500ms", "--", "true"), Is.EqualTo(124));
        Assert.That(session.Errors, Does.Contain("did not end within 0.5 s"));
    }

    [Test]
    public void A_backend_that_cannot_run_here_is_exit_code_125_with_advice()
    {
        session.Use(new ReplayBackend("unikernel") { Availability = new Availability("/dev/kvm is missing", "modprobe kvm_intel") });
        Assert.That(session.Call("exec", "--backend", "unikernel", "--", "true"), Is.EqualTo(125));
        Assert.That(session.Errors, Does.Contain("/dev/kvm is missing").And.Contain("modprobe"));
        Assert.That(session.Backends.Values.SelectMany(b => b.Launches), Is.Empty, "nothing stands in for what was named");
    }

    [Test]
    public void Without_a_named_backend_a_sandbox_runs_it_where_VMs_cannot_and_one_line_says_so()
    {
        session.Use(new ReplayBackend("unikernel") { Availability = new Availability("/dev/kvm is missing", "modprobe kvm_intel") });
        Assert.That(session.Call("exec", "--trace", "--", "true"), Is.Zero);
        Assert.That(session.Backends["sandbox"].Launches.Single().Trace, Is.Not.Null);
        Assert.That(session.Errors, Is.EqualTo("unibench: unikernel cannot run here: /dev/kvm is missing; running as --backend sandbox: process isolation with a seccomp filter of 9 calls; not a VM\n"));
    }

    [Test]
    public void A_named_sandbox_says_nothing_of_VMs()
    {
        session.Use(new ReplayBackend("unikernel") { Availability = new Availability("/dev/kvm is missing", "modprobe kvm_intel") });
        Assert.That(session.Call("exec", "--backend", "sandbox", "--", "true"), Is.Zero);
        Assert.That(session.Errors, Is.Empty);
    }

    [Test]
    public void Where_neither_can_run_no_Linux_process_stands_in()
    {
        session.Use(new ReplayBackend("unikernel") { Availability = new Availability("/dev/kvm is missing", "modprobe kvm_intel") });
        session.Use(new ReplayBackend("sandbox") { Availability = new Availability("seccomp is missing", "another kernel") });
        Assert.That(session.Call("exec", "--", "true"), Is.EqualTo(125));
        Assert.That(session.Errors, Does.Contain("unikernel cannot run here: /dev/kvm is missing: modprobe kvm_intel").And.Contain("sandbox cannot run here: seccomp is missing: another kernel"));
        Assert.That(session.Backends.Values.SelectMany(b => b.Launches), Is.Empty);
    }

    [Test]
    public void A_program_that_cannot_be_loaded_is_exit_code_126()
    {
        session.Use(new ReplayBackend("unikernel") { Answer = (_, _) => throw new LaunchException("true: needs a dynamic loader") });
        Assert.That(session.Call("exec", "--", "true"), Is.EqualTo(126));
        Assert.That(session.Errors, Does.Contain("needs a dynamic loader"));
    }

    [Test]
    public void Crash_reports_go_to_stderr()
    {
        session.Use(new ReplayBackend("unikernel") { Answer = (_, _) => ReplayBackend.Ended(ExitStatus.Killed(11)) with { Notes = ["true: SIGSEGV at main+0x1c"] } });
        session.Call("exec", "--", "true");
        Assert.That(session.Errors, Does.Contain("SIGSEGV at main+0x1c"));
    }

    [Test]
    public void Statistics_are_one_JSON_object_on_stderr()
    {
        session.Use(new ReplayBackend("unikernel") { Answer = (_, _) => ReplayBackend.Printed("") with { Counters = new Dictionary<string, long> { ["forks"] = 3 } } });
        session.Call("exec", "--stats", "--", "true");
        using var json = System.Text.Json.JsonDocument.Parse(session.Errors);
        Assert.That(json.RootElement.GetProperty("counters").GetProperty("forks").GetInt64(), Is.EqualTo(3));
        Assert.That(json.RootElement.GetProperty("wall_s").GetDouble(), Is.EqualTo(0.02));
    }

    [Test]
    public void Traces_go_to_stderr_line_by_line()
    {
        session.Use(new ReplayBackend("unikernel")
        {
            Answer = (request, _) =>
            {
                request.Trace!("[2] getpid() = 2");
                return ReplayBackend.Printed("");
            },
        });
        session.Call("exec", "--trace", "--", "true");
        Assert.That(session.Errors, Does.StartWith("[2] getpid() = 2\n"));
    }

    [Test]
    public void Mounts_are_read_only_unless_said_otherwise()
    {
        session.Call("exec", "--root", "/usr", "--mount", "/tmp:/t", "--mount", "/etc:/e:rw", "--", "true");
        Assert.That(
            session.Backends["unikernel"].Launches.Single().Mounts,
            Is.EqualTo(new[] { new Mount("/usr", "/", false), new Mount("/tmp", "/t", false), new Mount("/etc", "/e", true) }));
    }

    [Test]
    public void The_working_directory_is_this_one_where_the_program_sees_it_at_the_same_path()
    {
        string here = Directory.GetCurrentDirectory();
        session.Call("exec", "--backend", "process", "--", "true");
        session.Call("exec", "--root", "/", "--", "true");
        session.Call("exec", "--mount", $"{here}:{here}", "--", "true");
        session.Call("exec", "--mount", $"{here}:/data", "--", "true");
        session.Call("exec", "--root", "/usr", "--", "true");
        session.Call("exec", "--", "true");
        Assert.That(session.Backends["process"].Launches.Single().WorkingDirectory, Is.EqualTo(here));
        Assert.That(session.Backends["unikernel"].Launches.Select(l => l.WorkingDirectory), Is.EqualTo(new[] { here, here, "/", "/", "/" }));
    }

    [Test]
    public void A_working_directory_that_is_given_is_the_programs_own_path()
    {
        session.Call("exec", "--root", "/usr", "--cwd", "/share", "--", "true");
        Assert.That(session.Backends["unikernel"].Launches.Single().WorkingDirectory, Is.EqualTo("/share"));
    }

    [Test]
    public void What_a_backend_cannot_give_is_exit_code_125_with_its_reason()
    {
        session.Use(new ReplayBackend("process") { Refuse = r => $"process: no {r.Mounts.Single().GuestPath}" });
        Assert.That(session.Call("exec", "--backend", "process", "--mount", "/tmp:/x", "--", "true"), Is.EqualTo(125));
        Assert.That(session.Errors, Is.EqualTo("unibench: process: no /x\n"));
        Assert.That(session.Backends["process"].Launches, Is.Empty);
    }

    [TestCase("exec", "--cwd", "sub", "--", "true")]
    [TestCase("exec")]
    [TestCase("exec", "--")]
    [TestCase("exec", "--backend", "vax", "--", "true")]
    [TestCase("exec", "--bogus", "--", "true")]
    [TestCase("exec", "--memory", "much", "--", "true")]
    [TestCase("exec", "--timeout", "0", "--", "true")]
    [TestCase("exec", "--env", "NAME", "--", "true")]
    [TestCase("exec", "--mount", "/tmp", "--", "true")]
    [TestCase("exec", "--mount", "/no/such/place:/x", "--", "true")]
    [TestCase("exec", "--backend", "process", "--trace", "--", "true")]
    public void A_wrong_command_line_is_exit_code_125_and_launches_nothing(params string[] arguments)
    {
        Assert.That(session.Call(arguments), Is.EqualTo(125));
        Assert.That(session.Errors, Does.StartWith("unibench: "));
        Assert.That(session.Backends.Values.SelectMany(b => b.Launches), Is.Empty);
    }

    [TestCase("no_such_program_anywhere")]
    [TestCase("/no/such/program")]
    public void A_program_that_is_not_there_is_exit_code_127(string program)
    {
        Assert.That(session.Call("exec", "--", program), Is.EqualTo(127));
        Assert.That(session.Errors, Does.StartWith("unibench: there is no program"));
    }
}
