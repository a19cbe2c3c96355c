using NUnit.Framework;

namespace UniBench.Tests.Conformance;

/// <summary>The scripts are there, and on Linux each does what it is written for, the same every time.</summary>
[Slow]
[TestFixture]
internal sealed class ScriptListTests
{
    [Test]
    public void At_least_fifty_uses_of_a_shell_are_observed() => Assert.That(ShellScript.Names, Has.Count.GreaterThanOrEqualTo(50));

    [TestCaseSource(typeof(ShellScript), nameof(ShellScript.Names))]
    public void On_Linux_a_script_finds_its_tools_and_repeats_itself(string name)
    {
        ShellScript script = ShellScript.Read(name);
        script.RequireShells();
        using var directory = new FreshDirectory();
        string root = Path.Combine(directory.Path, "tree");
        Observation first = Run(root, script), second = Run(root, script);
        Assert.Multiple(() =>
        {
            Assert.That(first.Stderr, Does.Not.Match("not found|syntax error|bad substitution|unrecognized|invalid option"));
            Assert.That(first.Stdout, Is.Not.Empty);
            Assert.That(first.Status.Code, Is.Not.AnyOf(126, 127), first.ToString());
            Assert.That(second.Agrees(first), $"=== first: {first}\n=== second: {second}");
        });
    }

    private static Observation Run(string root, ShellScript script)
    {
        using var tree = new ScriptTree(root, script);
        return tree.RunOnLinux();
    }
}
