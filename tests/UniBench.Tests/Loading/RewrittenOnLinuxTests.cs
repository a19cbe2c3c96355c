using Iced.Intel;
using NUnit.Framework;
using UniBench.Tests.Conformance;

namespace UniBench.Tests.Loading;

/// <summary>Rewritten programs, run by Linux, show what they showed before.</summary>
[Slow]
internal sealed class RewrittenOnLinuxTests
{
    private const string Script =
        """
        i=0; while [ $i -lt 20 ]; do echo line $i; i=$((i+1)); done | { n=0; while read a b; do n=$((n+b)); done; echo sum $n; }
        trap 'echo caught' USR1; kill -USR1 $$
        (exit 3); echo status $?
        x=$(echo deep $(echo deeper)); echo "$x" | while read -r l; do echo "[$l]"; done
        sleep 0.01 2>/dev/null; echo done; cd /; pwd; exit 7
        """;

    private string _folder = "";

    [OneTimeSetUp]
    public void Make_a_folder() => _folder = Directory.CreateTempSubdirectory("unibench-rewritten-").FullName;

    [OneTimeTearDown]
    public void Remove_the_folder() => Directory.Delete(_folder, recursive: true);

    [TestCaseSource(typeof(ConformancePrograms), nameof(ConformancePrograms.Runnable))]
    public void A_rewritten_program_shows_what_it_showed_before(string program) =>
        AssertSame(Path.Combine(ConformancePrograms.Binaries, program));

    [TestCase("/bin/busybox", "sh")]
    [TestCase("/bin/bash-static")]
    public void A_rewritten_shell_runs_a_script_as_before(string path, params string[] arguments)
    {
        if (!File.Exists(path))
        {
            Assert.Ignore($"{path} is not installed");
        }

        Assert.That(AssertSame(path, [.. arguments, "-c", Script]).Status.Code, Is.EqualTo(7));
    }

    [Test]
    public void Its_system_calls_really_take_the_detours()
    {
        string file = Write(RealPrograms.Hello, a => a.ud2());
        Observation seen = LinuxRun.Run(file);
        Assert.That(seen.Status.Signal, Is.EqualTo(4), "the first system call ends in ud2: SIGILL");
        Assert.That(seen.Stdout, Is.Empty);
    }

    private Observation AssertSame(string path, params string[] arguments)
    {
        using FreshDirectory first = new(), second = new();
        Observation before = LinuxRun.RunIn(first.Path, path, arguments);
        Observation after = LinuxRun.RunIn(second.Path, Write(path, null), arguments);
        Assert.That(after.Agrees(before), $"=== as it was: {before}\n=== rewritten: {after}");
        return after;
    }

    private string Write(string path, Action<Assembler>? call)
    {
        string file = Path.Combine(_folder, Path.GetFileName(path));
        File.WriteAllBytes(file, RewrittenLinuxFile.Make(path, call));
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return file;
    }
}
