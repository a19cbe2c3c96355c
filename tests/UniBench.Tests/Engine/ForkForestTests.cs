using NUnit.Framework;

namespace UniBench.Tests.Engine;

/// <summary>Trees of forks with random writers: every page of every process is what it wrote or inherited.</summary>
[Slow]
[TestFixture(EngineRun.Kvm, Category = NeedsKvmAttribute.Category)]
[TestFixture(EngineRun.Sandbox)]
internal sealed class ForkForestTests(string machine)
{
    private const int Pages = 3072; // 12 MB: beyond the private memory that fork copies

    [OneTimeSetUp]
    public void Use_the_machine() => EngineRun.Use(machine);

    [TestCase(80, 1)]
    [TestCase(80, 2)]
    public void Every_page_of_every_process_of_a_forest_is_its_own(int forks, int seed) => Grow(forks, seed);

    /// <summary>With a twentieth of the writes, which would take a day.</summary>
    [Test]
    public void Every_page_of_a_hundred_thousand_processes_is_its_own()
    {
        Emulated.RequireAll();
        for (int seed = 1; seed <= 100; seed++)
        {
            Grow(1000, seed, thin: 20);
        }
    }

    private static void Grow(int forks, int seed, int thin = 1)
    {
        EngineOutput run = EngineRun.Run("engine/fork_forest", $"{forks} {Pages} {seed} {thin}", s => s with { Timeout = TimeSpan.FromMinutes(30) });
        Assert.That(run.Stdout, Is.EqualTo($"{forks} processes, 0 failed\n"));
    }
}
