using NUnit.Framework;
using UniBench.Workloads;

namespace UniBench.Tests.Engine;

/// <summary>The protocol that loses no wake-up, under stress: a lost one hangs the family, and its time limit fails the test.</summary>
[Slow]
[TestFixture(EngineRun.Kvm, Category = NeedsKvmAttribute.Category)]
[TestFixture(EngineRun.Sandbox)]
internal sealed class HandoverTests(string machine)
{
    [OneTimeSetUp]
    public void Use_the_machine() => EngineRun.Use(machine);

    // Processes, tokens, rounds; every one of processes * tokens * rounds hand-overs blocks, or could.
    [TestCase(2, 1, 60_000, 1, TestName = "Two_processes_hand_over_on_one_CPU")]
    [TestCase(2, 1, 300_000, 2, TestName = "Two_processes_hand_over_on_two_CPUs")]
    [TestCase(6, 1, 10_000, 2, TestName = "Six_processes_pass_one_token_on_two_CPUs")]
    [TestCase(6, 5, 4_000, 1, TestName = "Six_processes_pass_five_tokens_on_one_CPU")]
    [TestCase(6, 3, 6_000, 2, TestName = "Six_processes_pass_three_tokens_on_two_CPUs")]
    [TestCase(20, 7, 800, 2, TestName = "Twenty_processes_pass_seven_tokens_on_two_CPUs")]
    public void No_wake_up_is_lost(int processes, int tokens, int rounds, int cpus)
    {
        int[] allowed = Require.Cpus(cpus);
        rounds = Emulated.Repetitions(rounds);
        EngineOutput run = EngineRun.Run("engine/handover", $"{processes} {tokens} {rounds}", s => s with { Cpus = allowed });
        Assert.That(run.Result.Outcome, Is.EqualTo(FamilyOutcome.Completed), "the ring of processes hung");
        Assert.That(run.Stdout, Is.EqualTo($"{(long)processes * tokens * rounds}\n"));
        if (cpus == 1 || processes > 2)
        {
            Assert.That(run.Result.Counters["blocks"], Is.GreaterThan(rounds / 10), "hardly anybody blocked: nothing was tested");
        }
    }

    [TestCase(SpinPolicy.Never, 1)]
    [TestCase(SpinPolicy.Never, 2)]
    [TestCase(SpinPolicy.Always, 1)]
    [TestCase(SpinPolicy.Always, 2)]
    public void No_wake_up_is_lost_however_processes_wait(SpinPolicy policy, int cpus)
    {
        int[] allowed = Require.Cpus(cpus);
        EngineOutput run = EngineRun.Run("engine/handover", "6 3 1000", s => s with { Cpus = allowed, Spin = policy });
        Assert.That(run.Result.Outcome, Is.EqualTo(FamilyOutcome.Completed), "the ring of processes hung");
        Assert.That(run.Stdout, Is.EqualTo("18000\n"));
        if (policy == SpinPolicy.Never)
        {
            Assert.That(run.Result.Counters["pipe.spins"], Is.Zero);
        }
    }

    [TestCase(1)]
    [TestCase(2)]
    public void A_wake_up_comes_though_the_waker_computes_on_without_a_system_call(int cpus)
    {
        int[] allowed = Require.Cpus(cpus);
        EngineOutput run = EngineRun.Run("engine/wake_and_compute", "100", s => s with { Cpus = allowed });
        Assert.That(run.Result.Outcome, Is.EqualTo(FamilyOutcome.Completed), "somebody slept for ever");
        Assert.That(run.Stdout, Is.EqualTo("100\n"));
    }

    [TestCase(1)]
    [TestCase(2)]
    public void Writers_that_block_on_a_full_pipe_write_everything_and_tear_nothing(int cpus)
    {
        int[] allowed = Require.Cpus(cpus);
        EngineOutput run = EngineRun.Run("engine/full_pipe", "6 1500000", s => s with { Cpus = allowed });
        Assert.That(run.Stdout, Is.EqualTo("9000000 bytes, 0 torn, 0 failed\n"));
    }
}
