using NUnit.Framework;
using UniBench.Tests.Engine;

namespace UniBench.Tests.Conformance;

/// <summary>The same script by the same shell, once as Linux processes and once as unikernels, must show the same.</summary>
[Slow]
[TestFixture(EngineRun.Kvm, Category = NeedsKvmAttribute.Category)]
[TestFixture(EngineRun.Sandbox)]
internal sealed class ScriptTests(string machine)
{
    [OneTimeSetUp]
    public void Use_the_machine() => EngineRun.Use(machine);

    [TestCaseSource(typeof(ShellScript), nameof(ShellScript.Names))]
    public void A_script_shows_as_unikernels_what_it_shows_on_Linux(string name)
    {
        ShellScript script = ShellScript.Read(name);
        script.RequireShells();
        using var directory = new FreshDirectory();
        string root = Path.Combine(directory.Path, "tree");
        Observation expected, actual;
        using (var tree = new ScriptTree(root, script))
        {
            expected = tree.RunOnLinux();
        }

        using (var tree = new ScriptTree(root, script))
        {
            actual = tree.RunAsUnikernel(EngineRun.Host);
        }

        if (!actual.Agrees(expected))
        {
            Assert.Fail($"{name} ({script.Shell}): {script.Point}\n=== Linux: {expected}\n=== unikernel: {actual}");
        }
    }
}
