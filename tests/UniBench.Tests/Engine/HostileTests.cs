using NUnit.Framework;
using UniBench.Monitor;

namespace UniBench.Tests.Engine;

/// <summary>Guests that make hypercalls of their own (tests/hostile): nothing of the host changes, at most their own family ends.</summary>
[TestFixture]
internal sealed class HostileTests
{
    private string scratch = "";

    [OneTimeSetUp]
    public void NeedsKvm() => Require.Kvm();

    [SetUp]
    public void MakeScratch() => scratch = Directory.CreateTempSubdirectory("unibench-hostile-test-").FullName;

    [TearDown]
    public void RemoveScratch() => Directory.Delete(scratch, recursive: true);

    [TestCase("ioctls")]
    [TestCase("options")]
    [TestCase("families")]
    public void What_is_not_on_the_monitors_list_never_reaches_the_host(string kind) =>
        Assert.That(Hostile("requests", kind).Stdout, Is.EqualTo("done\n"));

    private EngineOutput Hostile(string program, string arguments, Func<FamilySpec, FamilySpec>? change = null) =>
        EngineRun.Run($"hostile/{program}", arguments, s => change?.Invoke(Granted(s)) ?? Granted(s));

    private FamilySpec Granted(FamilySpec spec) => spec with { Mounts = [new Mount(scratch, "/files", true)], WorkingDirectory = "/files" };
}
