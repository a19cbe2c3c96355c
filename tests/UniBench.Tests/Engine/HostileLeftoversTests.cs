using NUnit.Framework;
using UniBench.Workloads;

namespace UniBench.Tests.Engine;

/// <summary>Machines serve many processes: nothing of an earlier family is left for the next, on either machine.</summary>
[TestFixture(EngineRun.Kvm, Category = NeedsKvmAttribute.Category)]
[TestFixture(EngineRun.Sandbox)]
internal sealed class HostileLeftoversTests(string machine)
{
    private string scratch = "";

    [OneTimeSetUp]
    public void Use_the_machine() => EngineRun.Use(machine);

    [SetUp]
    public void MakeScratch() => scratch = Directory.CreateTempSubdirectory("unibench-hostile-test-").FullName;

    [TearDown]
    public void RemoveScratch() => Directory.Delete(scratch, recursive: true);

    [TestCase("memory")]
    [TestCase("fresh")]
    [TestCase("large")]
    [TestCase("pipes")]
    [TestCase("file")]
    public void A_family_finds_nothing_of_the_one_before(string where)
    {
        const int Found = 42;
        Assert.That(Leftovers($"leave {where}").Stdout, Is.EqualTo("done\n"));
        Assert.That(Leftovers($"find {where}").Result.Stages.Single(), Is.Not.EqualTo(ExitStatus.Exited(Found)));
    }

    [Test]
    public void A_process_that_ends_in_the_middle_of_an_instruction_leaves_none_of_it_to_the_next() =>
        Assert.That(Leftovers("unfinished").Stdout, Is.EqualTo("done\n"));

    [Test]
    public void Registers_that_a_guest_changed_at_CPL_0_are_as_new_in_the_next_family()
    {
        if (machine != EngineRun.Kvm)
        {
            Assert.Ignore("a process of the host has no CPL 0");
        }

        if (Emulated.Is)
        {
            Assert.Ignore("QEMU goes on taking breakpoints that a guest of its guest has set in debug registers, whatever KVM loads there");
        }

        string before = EngineRun.Run("hostile/privileged", "look").Stdout;
        Assert.That(before, Does.Contain("0xc0000082:").And.EndWith("the clock goes right\n"));
        Assert.That(EngineRun.Run("hostile/privileged", "taint").Stdout, Is.EqualTo("changed\n"));
        Assert.That(EngineRun.Run("hostile/privileged", "look").Stdout, Is.EqualTo(before));
    }

    private EngineOutput Leftovers(string arguments) => EngineRun.Run(
        "hostile/leftovers",
        arguments,
        s => s with { Environment = EngineRun.GateOf(machine), Mounts = [new Mount(scratch, "/files", true)], WorkingDirectory = "/files" });
}
