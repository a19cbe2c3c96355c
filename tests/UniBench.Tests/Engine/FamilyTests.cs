using NUnit.Framework;
using UniBench.Monitor;
using UniBench.Workloads;

namespace UniBench.Tests.Engine;

[TestFixture(EngineRun.Kvm, Category = NeedsKvmAttribute.Category)]
[TestFixture(EngineRun.Sandbox)]
internal sealed class FamilyTests(string machine)
{
    [OneTimeSetUp]
    public void Use_the_machine() => EngineRun.Use(machine);

    [Test]
    public void A_pipeline_of_stages_carries_every_byte_and_each_stage_has_its_status()
    {
        EngineOutput run = EngineRun.Run([EngineRun.Stage("engine/full_pipe", "3 300000"), EngineRun.Stage("engine/misbehave", "none"), EngineRun.Stage("programs/hello", "")]);
        Assert.That(run.Stdout, Is.EqualTo("hello, world\n"));
        Assert.That(run.Result.Stages, Has.Count.EqualTo(3));
        Assert.That(run.Result.Stages[2], Is.EqualTo(ExitStatus.Exited(0)));
    }

    [TestCase("segv", 11, "SIGSEGV")]
    [TestCase("ill", 4, "SIGILL")]
    [TestCase("fpe", 8, "SIGFPE")]
    [TestCase("text", 11, "SIGSEGV")]
    public void A_fault_ends_the_process_with_its_signal_and_a_report_that_says_where(string what, int signal, string name)
    {
        FamilyResult result = EngineRun.Run("engine/misbehave", what).Result;
        Assert.That(result.Stages[0], Is.EqualTo(ExitStatus.Killed(signal)));
        CrashReport crash = result.Crashes.Single();
        Assert.That(crash.Text, Does.Contain(name).And.Contain("misbehave (pid").And.Contain("main+0x").And.Contain("rax").And.Contain("last hypercalls"));
    }

    [Test]
    public void A_program_that_calls_the_kernels_page_for_the_time_is_answered()
    {
        Assert.That(EngineRun.Run("engine/old_time", "").Stdout, Is.EqualTo("gettimeofday 0 1\ntime 1 1\ngetcpu 0 1\n"));
        Assert.That(EngineRun.Run("engine/old_time", "other").Result.Stages[0], Is.EqualTo(ExitStatus.Killed(11)));
    }

    [Test]
    public void A_child_that_crashes_leaves_its_parent_and_the_engine_alone()
    {
        EngineOutput run = EngineRun.Run("engine/misbehave", "crash-in-child");
        Assert.That(run.Stdout, Is.EqualTo("child killed by 11, parent goes on\n"));
        Assert.That(run.Result.Stages[0].IsSuccess);
        Assert.That(run.Result.Crashes, Has.Count.EqualTo(1));
    }

    [Test]
    public void A_guest_that_destroys_its_library_OS_ends_and_harms_only_itself()
    {
        FamilyResult harmed = EngineRun.Run("engine/misbehave", "libos", s => s with { Timeout = TimeSpan.FromSeconds(2) }).Result;
        Assert.That(harmed.Stages[0].IsSuccess, Is.False, "it did no harm, so nothing was tested");
        Assert.That(EngineRun.Run("programs/hello", "").Stdout, Is.EqualTo("hello, world\n"));
    }

    // What comes of these differs from machine to machine; it may even end as if nothing had happened.
    [TestCase("control")]
    [TestCase("tables")]
    public void A_guest_that_writes_over_its_control_page_or_page_tables_ends_and_harms_only_itself(string what)
    {
        FamilyResult harmed = EngineRun.Run("engine/misbehave", what, s => s with { Timeout = TimeSpan.FromSeconds(2) }).Result;
        Assert.That(harmed.Outcome, Is.AnyOf(FamilyOutcome.Completed, FamilyOutcome.TimedOut));
        Assert.That(harmed.Counters["processes"], Is.EqualTo(1), "nothing of what the guest wrote is counted as the monitor's");
        Assert.That(EngineRun.Run("programs/hello", "").Stdout, Is.EqualTo("hello, world\n"));
    }

    [Test]
    public void A_peer_that_lies_about_a_pipe_harms_its_family_and_no_other()
    {
        FamilyResult harmed = EngineRun.Run("engine/misbehave", "ring", s => s with { Timeout = TimeSpan.FromSeconds(2) }).Result;
        Assert.That(harmed.Outcome, Is.AnyOf(FamilyOutcome.Completed, FamilyOutcome.TimedOut));
        Assert.That(harmed.Counters["forks"], Is.EqualTo(1), "there was no peer, so nothing was tested");
        Assert.That(EngineRun.Run("programs/hello", "").Stdout, Is.EqualTo("hello, world\n"));
    }

    [Test]
    public void A_time_limit_ends_every_process_of_a_family()
    {
        FamilyResult result = EngineRun.Run("engine/misbehave", "spin", s => s with { Timeout = TimeSpan.FromMilliseconds(200) }).Result;
        Assert.That(result.Outcome, Is.EqualTo(FamilyOutcome.TimedOut));
        Assert.That(result.Stages[0], Is.EqualTo(ExitStatus.Killed(9)));
    }

    [Test]
    public void Cancelling_ends_a_family()
    {
        using CancellationTokenSource source = new(TimeSpan.FromMilliseconds(200));
        FamilyResult result = EngineRun.Run("engine/misbehave", "spin", null, source.Token).Result;
        Assert.That(result.Outcome, Is.EqualTo(FamilyOutcome.Cancelled));
    }

    [Test]
    public void Beyond_the_process_limit_fork_fails_inside_and_the_result_says_so()
    {
        EngineOutput run = EngineRun.Run("engine/misbehave", "forks", s => s with { MaxProcesses = 5 });
        Assert.That(run.Stdout, Is.EqualTo("4 children\n"));
        Assert.That(run.Result.LimitsHit.Single(), Does.Contain("processes: 5"));
    }

    [Test]
    public void Beyond_the_memory_limit_mmap_fails_inside()
    {
        EngineOutput run = EngineRun.Run("engine/misbehave", "memory", s => s with { MemoryBytes = 64 << 20 });
        Assert.That(run.Stdout, Is.EqualTo("stopped below a gigabyte: 1\n"));
        Assert.That(run.Result.Stages[0].IsSuccess);
        Assert.That(run.Result.PeakMemoryBytes, Is.InRange(32 << 20, 64 << 20));
    }

    [Slow]
    [Test]
    public void Pages_that_only_dead_children_shared_are_used_again()
    {
        EngineOutput run = EngineRun.Run("conformance/fork_often_partial_writes", "");
        Assert.That(run.Result.Stages[0].IsSuccess);
        Assert.That(run.Result.PeakMemoryBytes, Is.LessThan(100 << 20)); // a heap of 16 MB, of which 200 children saw 4 MB change
    }

    [Slow]
    [Test]
    public void Nothing_of_a_heap_stays_behind_for_the_next_family()
    {
        for (int i = 0; i < 3; i++)
        {
            EngineOutput run = EngineRun.Run("programs/fork_storm", "--count 5 --heap 67108864 --write child");
            Assert.That(run.Result.Stages[0].IsSuccess);
            Assert.That(run.Result.PeakMemoryBytes, Is.InRange(120L << 20, 160L << 20));
        }
    }

    [Test]
    public void A_system_call_that_is_not_there_is_ENOSYS_and_named()
    {
        EngineOutput run = EngineRun.Run("engine/misbehave", "unsupported");
        Assert.That(run.Stdout, Is.EqualTo("-1\n"));
        Assert.That(run.Result.UnsupportedCalls, Is.EquivalentTo(new Dictionary<string, long> { ["swapon"] = 1 }));
    }

    [Test]
    public void Memory_of_an_earlier_process_never_shows_in_fresh_memory()
    {
        for (int i = 0; i < 3; i++)
        {
            Assert.That(EngineRun.Run("engine/misbehave", "leave").Result.Stages[0].IsSuccess);
            Assert.That(EngineRun.Run("engine/misbehave", "find").Stdout, Is.EqualTo("0 old bytes\n"));
        }
    }

    [Test]
    public void Counters_add_up()
    {
        FamilyResult result = EngineRun.Run("engine/full_pipe", "4 30000").Result;
        Assert.That(result.Counters["forks"], Is.EqualTo(4));
        Assert.That(result.Counters["processes"], Is.EqualTo(5));
        Assert.That(result.Counters["pipes"], Is.EqualTo(1));
        Assert.That(result.Counters["pipe.bytes"], Is.EqualTo(120_000));
        Assert.That(result.Counters["hypercalls.fork"], Is.EqualTo(4));
    }

    [Test]
    public void Every_process_has_a_report_of_its_own_when_asked_for()
    {
        FamilyResult result = EngineRun.Run("engine/full_pipe", "4 30000", s => s with { KeepProcesses = true }).Result;
        Assert.That(result.Processes, Has.Count.EqualTo(5));
        Assert.That(result.Processes.Count(p => p.Parent == result.Processes[^1].Pid), Is.EqualTo(4), "the parent ends last");
        Assert.That(result.Processes.Sum(p => p.Counters["pipe.bytes"]), Is.EqualTo(result.Counters["pipe.bytes"]));
        Assert.That(result.Processes.Sum(p => p.Counters["exits.total"]), Is.EqualTo(result.Counters["exits.total"]));
    }

    [Test]
    public void Families_run_side_by_side_on_one_engine()
    {
        Task<EngineOutput>[] runs = [.. Enumerable.Range(0, 4).Select(_ => Task.Run(() => EngineRun.Run("engine/handover", "3 2 300")))];
        Task.WaitAll(runs);
        Assert.That(runs.Select(r => r.Result.Stdout), Is.All.EqualTo("1800\n"));
    }

    [Test]
    public void A_file_that_is_no_program_is_refused_with_the_reason()
    {
        string path = Path.GetTempFileName();
        File.WriteAllText(path, "#!/bin/sh\necho no\n");
        Assert.That(
            () => EngineRun.Host.Run(new FamilySpec { Stages = [new ProcessSpec(path, ["x"])] }, default),
            Throws.InstanceOf<EngineException>().With.Message.Contains(path).And.Message.Contains("ELF"));
        File.Delete(path);
    }

    [Test]
    public void A_program_whose_dynamic_linker_was_not_granted_is_refused_with_the_reason() => Assert.That(
        () => EngineRun.Host.Run(new FamilySpec { Stages = [new ProcessSpec("/bin/ls", ["ls"])] }, default),
        Throws.InstanceOf<EngineException>().With.Message.Contains("dynamically linked"));
}
