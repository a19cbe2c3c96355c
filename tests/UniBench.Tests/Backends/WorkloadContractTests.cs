using NUnit.Framework;
using UniBench.Backends;
using UniBench.Host;
using UniBench.Measure;
using UniBench.Workbench.Running;
using UniBench.Workloads;
using static UniBench.Tests.Backends.Shell;

namespace UniBench.Tests.Backends;

/// <summary>What a workload may rely on whatever runs it.</summary>
[TestFixture("process")]
[TestFixture("container")]
[TestFixture("sandbox")]
[TestFixture("unikernel", Category = NeedsKvmAttribute.Category)]
internal sealed class WorkloadContractTests(string name)
{
    private IBackend backend = null!;

    [OneTimeSetUp]
    public void CreateBackend()
    {
        Shell.Require();
        if (name == "container")
        {
            UniBench.Tests.Require.Root();
            UniBench.Tests.Require.Runc();
        }
        else if (name == "unikernel")
        {
            UniBench.Tests.Require.Kvm();
        }

        backend = BackendRegistry.Create(name);
        Assert.That(backend.Probe().Reason, Is.Null);
    }

    [OneTimeTearDown]
    public void DisposeBackend() => backend?.Dispose();

    [TearDown]
    public void Nothing_is_left_on_the_machine() => Assert.That(Leftovers.All(), Is.Empty);

    [Test]
    public void Every_stage_has_its_own_exit_code()
    {
        LaunchResult result = backend.Launch(Script("exit 3"), Script("exit 0"), Script("exit 77"));
        Assert.That(result.Stages, Is.EqualTo((ExitStatus[])[ExitStatus.Exited(3), ExitStatus.Exited(0), ExitStatus.Exited(77)]));
        Assert.That(result.Outcome, Is.EqualTo(FamilyOutcome.Completed));
    }

    [Test]
    public void A_single_program_hands_over_its_exit_code() => Assert.That(backend.Launch(Script("exit 42")).Stages, Is.EqualTo((ExitStatus[])[ExitStatus.Exited(42)]));

    [Test]
    public void A_stage_killed_by_a_signal_has_that_signal_as_status()
    {
        LaunchResult result = backend.Launch(Script("kill -TERM $$"), Applet("cat"));
        Assert.That(result.Stages, Is.EqualTo((ExitStatus[])[ExitStatus.Killed(15), ExitStatus.Exited(0)]));
    }

    [Test]
    public void A_writer_whose_reader_is_gone_dies_of_SIGPIPE()
    {
        LaunchResult result = backend.Launch(Applet("yes"), Applet("head", "-n", "1"));
        Assert.That(result.Stages, Is.EqualTo((ExitStatus[])[ExitStatus.Killed(13), ExitStatus.Exited(0)]));
        Assert.That(result.Text(), Is.EqualTo("y"));
    }

    [Test]
    public void Descriptors_that_others_left_open_are_not_inherited()
    {
        long stray = HostCall.Invoke(LinuxCall.Dup, 0);
        try
        {
            Assert.That(backend.Launch(Script($"if (: <&{stray}) 2>/dev/null; then echo inherited; else echo closed; fi")).Text(), Is.EqualTo("closed"));
        }
        finally
        {
            HostCall.Invoke(LinuxCall.Close, stray);
        }
    }

    [Test]
    public void Stages_are_joined_by_pipes() => Assert.That(backend.Launch(Applet("echo", "hello"), Applet("cat"), Applet("wc", "-c")).Text(), Is.EqualTo("6"));

    [Test]
    public void Output_beyond_the_capacity_of_pipes_is_captured_on_both_streams()
    {
        LaunchResult result = backend.Launch(Script("yes | head -c 3000000 >&2; yes | head -c 2000000"));
        Assert.That((result.Stdout.Length, result.Stderr.Length), Is.EqualTo((2_000_000, 3_000_000)));
    }

    [Test]
    public void The_environment_is_the_one_that_was_asked_for()
    {
        LaunchRequest request = Request(Applet("env")) with { Environment = ["PATH=/bin", "GREETING=good morning"] };
        string[] lines = backend.Launch(request, CancellationToken.None).Text().Split('\n');
        Assert.That(lines, Is.SupersetOf((string[])["GREETING=good morning", "PATH=/bin"]));
        Assert.That(lines, Has.None.StartsWith("HOME=/root/"), "nothing of this process's own");
        Assert.That(lines, Has.None.StartsWith("DOTNET_"));
    }

    [Test]
    public void Standard_input_is_the_descriptor_of_the_caller()
    {
        using HostPipe pipe = new();
        using (FileStream writer = new(pipe.Writer, FileAccess.Write))
        {
            writer.Write("from the caller"u8);
        }

        LaunchResult result = backend.Launch(Request(Applet("cat")) with { Stdin = HostPipe.Number(pipe.Reader) }, CancellationToken.None);
        Assert.That(result.Text(), Is.EqualTo("from the caller"));
        Assert.That(pipe.Reader.IsClosed, Is.False);
    }

    [Test]
    public void Without_input_a_program_reads_end_of_file() => Assert.That(backend.Launch(Applet("wc", "-c")).Text(), Is.EqualTo("0"));

    [Test]
    public void A_time_limit_ends_a_workload_with_all_its_children()
    {
        string seconds = $"98{Environment.ProcessId}";
        LaunchRequest request = Request(Script($"sleep {seconds} & sleep {seconds} | cat"), Applet("cat")) with { Timeout = TimeSpan.FromMilliseconds(400) };
        LaunchResult result = backend.Launch(request, CancellationToken.None);
        Assert.That(result.Outcome, Is.EqualTo(FamilyOutcome.TimedOut));
        Assert.That(result.Stages, Has.Count.EqualTo(2));
        Assert.That(ProcessesWith(seconds), Is.Empty);
    }

    [Test]
    public void Cancelling_ends_a_workload()
    {
        string seconds = $"97{Environment.ProcessId}";
        using CancellationTokenSource soon = new(TimeSpan.FromMilliseconds(300));
        LaunchResult result = backend.Launch(Request(Script($"sleep {seconds}; true")), soon.Token);
        Assert.That(result.Outcome, Is.EqualTo(FamilyOutcome.Cancelled));
        Assert.That(ProcessesWith(seconds), Is.Empty);
    }

    [Test]
    public void A_missing_program_is_an_error_that_names_it() => Assert.That(
        () => backend.Launch(new ProcessSpec("/nonexistent/program", ["program"])),
        Throws.InstanceOf<LaunchException>().With.Message.Contains("/nonexistent/program"));

    [Test]
    public void A_file_that_is_no_program_is_an_error() => Assert.That(
        () => backend.Launch(new ProcessSpec("/etc/passwd", ["passwd"])),
        Throws.InstanceOf<LaunchException>().With.Message.Contains("passwd"));

    [Test]
    public void CPU_time_of_a_child_is_counted()
    {
        LaunchResult result = backend.Launch(Script("(i=0; while [ $i -lt 100000 ]; do i=$((i+1)); done); times"));
        // The second line of `times` is what the children used: 0m0.123s 0m0.004s
        double children = result.Text().Split('\n')[1].Split(' ', StringSplitOptions.RemoveEmptyEntries).Sum(Seconds);
        Assert.That((result.CpuUser + result.CpuSystem).TotalSeconds, Is.GreaterThan(children * 0.9).And.GreaterThan(0.01));
    }

    [Test]
    public void Peak_memory_holds_what_the_program_touched()
    {
        LaunchResult result = backend.Launch(
            new ProcessSpec(Path.Combine(AppContext.BaseDirectory, "programs", "fork_storm"), ["fork_storm", "--mode", "cycle", "--count", "1", "--heap", "50331648"]));
        Assert.That(result.Stages[0].IsSuccess, Is.True, System.Text.Encoding.UTF8.GetString(result.Stderr));
        Assert.That(result.MaxRssBytes, Is.InRange(48L << 20, 160L << 20), result.MemoryMethod);
    }

    [TestCase(100, 10)]
    [TestCase(5000, 200)]
    public void An_open_loop_begins_nothing_before_it_is_due(int rate, int count)
    {
        (LaunchResult result, SampleLines lines) = OpenLoop(rate, count);
        IReadOnlyList<HistogramBucket> response = lines.Histograms["response"].Buckets, rtt = lines.Histograms["rtt"].Buckets;
        Assert.Multiple(() =>
        {
            Assert.That(result.Wall.TotalSeconds, Is.GreaterThan((count - 1) / (double)rate));
            Assert.That(response[^1].Value, Is.LessThan(result.Wall.TotalNanoseconds), "the time of what ended before it was due would be negative");
            Assert.That(lines.Samples["achieved_rate"].Value, Is.LessThanOrEqualTo(rate));
            Assert.That(response.Sum(b => b.Count), Is.EqualTo(count));
            foreach (long bound in response.Concat(rtt).Select(b => b.Value))
            {
                // No operation's response is shorter than its round trip, so within any time no more responses came than round trips.
                Assert.That(Within(bound, response), Is.LessThanOrEqualTo(Within(bound, rtt)), $"within {bound} ns");
            }
        });

        static long Within(long bound, IReadOnlyList<HistogramBucket> buckets) => buckets.Where(b => b.Value <= bound).Sum(b => b.Count);
    }

    [Test]
    public void Behind_its_plan_an_open_loop_counts_the_wait_for_the_operations_before()
    {
        const int Count = 2000;
        (_, SampleLines lines) = OpenLoop(1_000_000_000, Count);
        // Number i is due i ns after the start, and ends after i + 1 round trips.
        double least = lines.Samples["rtt_min"].Value;
        Assert.That(lines.Samples["response_p50"].Value, Is.GreaterThan(0.99 * (Count / 2) * (least - 1)));
        Assert.That(lines.Samples["achieved_rate"].Value, Is.LessThan(1.01e9 / least));
    }

    [Test]
    public void Long_before_an_operation_is_due_an_open_loop_sleeps()
    {
        (LaunchResult result, _) = OpenLoop(20, 10);
        Assert.That((result.CpuUser + result.CpuSystem).TotalSeconds, Is.LessThan(result.Wall.TotalSeconds / 2));
    }

    [Test]
    public void The_programs_start_in_the_root_unless_said_otherwise() => Assert.That(backend.Launch(Script("pwd"), Script("cat; pwd")).Text(), Is.EqualTo("/\n/"));

    [Test]
    public void A_directory_mounted_at_its_own_path_can_be_the_working_directory_of_every_stage()
    {
        using Granted granted = new("note", "good morning\n");
        LaunchRequest request = Request(Script("pwd; cat note"), Script("cat; pwd; cat note")) with { Mounts = [granted.AtOwnPath()], WorkingDirectory = granted.Directory };
        LaunchResult result = backend.Launch(request, CancellationToken.None);
        Assert.That(result.Text(), Is.EqualTo($"{granted.Directory}\ngood morning\n{granted.Directory}\ngood morning"), System.Text.Encoding.UTF8.GetString(result.Stderr));
    }

    [Test]
    public void What_is_written_to_a_writable_mount_is_in_the_hosts_directory()
    {
        using Granted granted = new("note", "old\n");
        LaunchRequest request = Request(Script("echo new >note")) with { Mounts = [granted.AtOwnPath(writable: true)], WorkingDirectory = granted.Directory };
        LaunchResult result = backend.Launch(request, CancellationToken.None);
        Assert.That(File.ReadAllText(Path.Combine(granted.Directory, "note")), Is.EqualTo("new\n"), System.Text.Encoding.UTF8.GetString(result.Stderr));
    }

    [TestCase("/no/such/directory")]
    [TestCase("/proc/version")]
    public void A_working_directory_that_is_none_is_refused_by_name(string directory)
    {
        LaunchRequest request = Request(Script("pwd")) with { WorkingDirectory = directory };
        Assert.That(backend.Refusal(request), Does.StartWith(name).And.Contain(directory));
        Assert.That(() => backend.Launch(request, CancellationToken.None), Throws.InstanceOf<LaunchException>().With.Message.EqualTo(backend.Refusal(request)));
    }

    private (LaunchResult Result, SampleLines Lines) OpenLoop(int rate, int count)
    {
        string program = Path.Combine(AppContext.BaseDirectory, "programs", "pipe_pingpong");
        LaunchResult result = backend.Launch(new ProcessSpec(program, ["pipe_pingpong", "--rate", $"{rate}", "--count", $"{count}", "--warmup", "0"]));
        Assert.That(result.Stages[0].IsSuccess, Is.True, System.Text.Encoding.UTF8.GetString(result.Stderr));
        return (result, SampleLines.Parse(result.Stdout));
    }

    private static double Seconds(string text)
    {
        string[] parts = text.Trim().TrimEnd('s').Split('m');
        return (double.Parse(parts[0], System.Globalization.CultureInfo.InvariantCulture) * 60) + double.Parse(parts[1], System.Globalization.CultureInfo.InvariantCulture);
    }
}
