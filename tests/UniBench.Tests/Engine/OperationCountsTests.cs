using System.Globalization;
using NUnit.Framework;
using UniBench.Kvm;
using UniBench.Monitor;
using UniBench.Workloads;

namespace UniBench.Tests.Engine;

/// <summary>
/// What an operation costs, counted: the difference of two runs that differ in how often they do it (docs/performance.md has the table).
/// Nothing here depends on time but waiting: who spins in vain parks, which costs exits.
/// </summary>
[Slow]
[TestFixture]
[NeedsKvm]
internal sealed class OperationCountsTests
{
    private const int Few = 16, Many = 48; // writes after a fork bring 16 pages each, the first 64 times
    private const double Once = 0.1; // a process's start may flush or not, whatever it does then
    private const int FirstExceptions = 16; // of a run's VMs
    private static GuestPaging paging;
    private static bool forgetsSlotsAlone;

    [OneTimeSetUp]
    public void Use_the_machine()
    {
        EngineRun.Use(EngineRun.Kvm);
        using KvmDevice device = KvmDevice.Open();
        (paging, forgetsSlotsAlone) = (device.Paging, device.ForgetsSlotsAlone);
    }

    [Test]
    public void A_null_call_leaves_the_guest_never() => Assert.That(Each("null-call", 1000, 101_000, "exits.total", "guest.faults", "guest.flushes"), Is.EqualTo(new double[] { 0, 0, 0 }).Within(Once / 1000));

    [Test]
    public void A_fork_is_one_exit_and_the_end_of_its_child_another_and_a_wait_at_most_two()
    {
        double[] each = Each("fork-exit-wait", Few, Many, "hypercalls.fork", "hypercalls.exit", "exits.call", "guest.faults");
        Assert.That(each[..2], Is.EqualTo(new double[] { 1, 1 }));
        Assert.That(each[2], Is.InRange(2, 4));
        Assert.That(each[3], Is.Zero, "private memory is copied, so nobody faults");
    }

    [Test]
    public void An_exec_is_one_exit_and_what_the_new_program_asks()
    {
        double[] each = Each("fork-exec", Few, Many, "hypercalls.exec", "exits.call", "guest.faults");
        Assert.That(each[0], Is.EqualTo(1));
        Assert.That(each[1], Is.InRange(3, 8));
        Assert.That(each[2], Is.LessThanOrEqualTo(4));
    }

    [Test]
    public void A_round_trip_is_four_exits_at_most_where_it_must_sleep()
    {
        double[] each = Each("round-trip", 1000, 21_000, "exits.call", "guest.faults", "guest.flushes");
        Assert.That(each[0], Is.InRange(0, 4.2));
        Assert.That(each[1..], Is.EqualTo(new double[] { 0, 0 }).Within(Once));
    }

    [Test]
    public void Touching_memory_first_is_one_fault_for_16_pages_and_seldom_an_exit()
    {
        double[] each = Each("first-touch", 256, 1280, "guest.faults", "guest.flushes", "exits.call");
        Assert.That(each[..2], Is.EqualTo(new double[] { 1, 0 }).Within(Once));
        Assert.That(each[2], Is.LessThan(0.02), "16 MB and more at once");
    }

    [Test]
    public void Writing_after_a_fork_is_one_fault_for_16_pages()
    {
        double[] each = Each("write-after-fork", Few, Many, "guest.faults", "guest.flushes", "exits.call");
        Assert.That(each[0], Is.EqualTo(1).Within(paging == GuestPaging.Shadow ? 0 : Once), "reading first, where a page table must be copied to be read");
        Assert.That(each[1], Is.EqualTo(paging == GuestPaging.Shadow ? 0 : 1).Within(Once), "the CPU must hear of each");
        Assert.That(each[2], Is.LessThan(0.1), "an extent is 4 MB at least");
    }

    [Test]
    public void Reading_after_a_fork_costs_no_fault_or_one_for_2_MB()
    {
        double[] each = Each("read-after-fork", Few, Many, "guest.faults", "guest.flushes");
        Assert.That(each[0], Is.EqualTo(paging == GuestPaging.Shadow ? 0 : 1.0 / 32));
        Assert.That(each[1], Is.Zero.Within(Once));
    }

    /// <summary>
    /// But for CPUID, which is always KVM's: a C library asks some 40 times when it starts. And the first exceptions of a new VM, which KVM delivers
    /// anew once it has mapped the memory for them.
    /// </summary>
    [TestCase("null-call", 1000, 101_000)]
    [TestCase("fork-exit-wait", Few, Many)]
    [TestCase("round-trip", 1000, 21_000)]
    [TestCase("first-touch", 256, 1280)]
    [TestCase("read-after-fork", Few, Many)]
    [TestCase("write-after-fork", Few, Many)]
    public void On_nested_paging_KVM_emulates_no_instruction(string operation, int few, int many)
    {
        if (paging != GuestPaging.Nested)
        {
            Assert.Ignore("needs nested paging: this KVM emulates what runs at CPL 0");
        }

        Assert.That(Each(operation, few, many, "kvm.insn_emulation")[0] * (many - few), Is.Zero.Within(FirstExceptions), "in all, however often it was done");
        Assert.That(Counters(operation, few), Contains.Key("kvm.exits"), "KVM tells what it counted");
    }

    /// <summary>Each VM changes slots for each child of another parent than the last one's. Where that dropped all, every process met its memory anew, 750 times.</summary>
    [Test]
    public void On_nested_paging_a_VM_keeps_what_is_mapped_when_other_slots_change()
    {
        if (!forgetsSlotsAlone)
        {
            Assert.Ignore("needs nested paging and Linux 6.12: this KVM drops all that it mapped for a VM when a slot is removed");
        }

        FamilyResult result = EngineRun.Run("engine/fork_forest", "40 2560 1 10", s => s with { KeepProcesses = true }).Result;
        Assert.That(result.Counters["kvm.exits"] / (double)result.Counters["forks"], Is.LessThan(400), "146 in a run, 697 when all was dropped");
    }

    private static double[] Each(string operation, int few, int many, params string[] names)
    {
        IReadOnlyDictionary<string, long> less = Counters(operation, few), more = Counters(operation, many);
        double[] each = [.. names.Select(n => (more.GetValueOrDefault(n) - less.GetValueOrDefault(n)) / (double)(many - few))];
        TestContext.Out.WriteLine($"{operation}: {string.Join(", ", names.Zip(each, (n, e) => $"{n} {e.ToString("0.####", CultureInfo.InvariantCulture)}"))}");
        return each;
    }

    private static IReadOnlyDictionary<string, long> Counters(string operation, int count)
    {
        string path = EngineRun.Program("engine/operations"); // in full, because it executes itself
        FamilyResult result = EngineRun.Run([new ProcessSpec(path, [path, operation, $"{count}"])], s => s with { KeepProcesses = true }).Result;
        Assert.That(result.Stages[0], Is.EqualTo(ExitStatus.Exited(0)), $"{operation} {count}");
        return result.Counters;
    }
}
