using System.Text;
using NUnit.Framework;

namespace UniBench.Tests.Conformance;

/// <summary>The programs are there, succeed on Linux, and are listed in tests/conformance/README.md.</summary>
[TestFixture]
internal sealed class ConformanceListTests
{
    // Exit codes of observe.h: a call failed that must not, or stdout could not be written.
    private static readonly int[] BrokenCodes = [98, 99];

    [Slow]
    [TestCaseSource(typeof(ConformancePrograms), nameof(ConformancePrograms.Runnable))]
    public void On_Linux_every_call_that_must_succeed_does(string program)
    {
        using var directory = new FreshDirectory();
        Observation seen = LinuxRun.RunIn(directory.Path, Path.Combine(ConformancePrograms.Binaries, program));
        Assert.That(seen.Status.Code, Is.Not.AnyOf(BrokenCodes), seen.ToString());
    }

    [Test]
    public void Musl_programs_are_known_programs()
    {
        IEnumerable<string> names = File.ReadLines(Path.Combine(ConformancePrograms.Sources, "musl.txt"))
            .Where(line => line.Length > 0 && !line.StartsWith('#'));
        Assert.That(names, Is.SubsetOf(ConformancePrograms.Names));
    }

    [Test]
    public void The_table_in_the_readme_is_what_the_sources_say()
    {
        var table = new StringBuilder("| program | what POSIX or Linux says |\n| --- | --- |\n");
        foreach (string name in ConformancePrograms.Names)
        {
            table.Append("| `").Append(name).Append("` | ").Append(ConformancePrograms.Point(name)).Append(" |\n");
        }

        string readme = File.ReadAllText(Path.Combine(ConformancePrograms.Sources, "README.md"));
        Assert.That(readme, Does.EndWith(table.ToString()), "run tests/conformance/list.sh");
    }
}
