using NUnit.Framework;
using UniBench.Tests.Engine;

namespace UniBench.Tests.Conformance;

/// <summary>The same binary, once as a Linux process and once as a unikernel, must show the same.</summary>
[TestFixture(EngineRun.Kvm, Category = NeedsKvmAttribute.Category)]
[TestFixture(EngineRun.Sandbox, Category = "Sandbox")] // `run.sh test --quick` tries one engine
internal sealed class ConformanceTests(string machine)
{
    [OneTimeSetUp]
    public void Use_the_machine()
    {
        EngineRun.Use(machine);
    }

    [TestCaseSource(typeof(ConformancePrograms), nameof(ConformancePrograms.Runnable))]
    public void A_unikernel_shows_what_Linux_shows(string program)
    {
        string path = Path.Combine(ConformancePrograms.Binaries, program);
        Assert.That(path, Does.Exist, "run make -C guest first");
        if (program is "priority_of_self" or "scheduling_and_priority" or "users_priorities")
        {
            Require.UsualPriority();
        }

        using FreshDirectory first = new(), second = new();
        Observation expected = LinuxRun.RunIn(first.Path, path);
        Observation actual = UnikernelRun.Run(EngineRun.Host, second.Path, path);
        if (!actual.Agrees(expected))
        {
            Assert.Fail($"{program}: {ConformancePrograms.Point(program.Replace(".musl", "", StringComparison.Ordinal))}\n=== Linux: {expected}\n=== unikernel: {actual}");
        }
    }
}
