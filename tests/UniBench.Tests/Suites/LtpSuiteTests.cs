using NUnit.Framework;
using UniBench.Suites;

namespace UniBench.Tests.Suites;

[TestFixture]
internal sealed class LtpSuiteTests
{
    private string folder = "";

    [SetUp]
    public void Make()
    {
        folder = Directory.CreateTempSubdirectory("unibench-suite-test-").FullName;
        Directory.CreateDirectory(Path.Combine(folder, "runtest"));
        Directory.CreateDirectory(Path.Combine(folder, "testcases", "kernel", "pipe"));
        string program = Path.Combine(folder, "testcases", "kernel", "pipe", "pipe01");
        File.WriteAllText(program, "");
        File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        File.WriteAllText(Path.Combine(folder, "testcases", "kernel", "pipe", "pipe02"), "not executable");
    }

    [TearDown]
    public void Remove() => Directory.Delete(folder, recursive: true);

    private SuiteTest[] Read(string lines, out LtpSuite suite)
    {
        File.WriteAllText(Path.Combine(folder, "runtest", "syscalls"), lines);
        suite = new LtpSuite(folder);
        return [.. suite.Tests("syscalls")];
    }

    [Test]
    public void A_line_names_a_test_its_program_and_arguments()
    {
        SuiteTest test = Read("#DESC: pipes\n\npipe01_64  pipe01 -n\t2\n", out LtpSuite suite).Single();
        Assert.That(test.Name, Is.EqualTo("pipe01_64"));
        Assert.That(test.Group, Is.EqualTo("pipe"));
        Assert.That(test.Command, Is.EqualTo(new[] { Path.Combine(folder, "testcases", "kernel", "pipe", "pipe01"), "-n", "2" }));
        Assert.That(suite.SearchPath, Is.EqualTo(new[] { Path.Combine(folder, "testcases", "kernel", "pipe") }));
    }

    [Test]
    public void A_line_for_the_shell_goes_to_the_shell() =>
        Assert.That(Read("p pipe01 -d $TMPDIR\n", out _).Single().Command, Is.EqualTo(new[] { "/bin/sh", "-c", "exec pipe01 -d $TMPDIR" }));

    [Test]
    public void What_was_not_built_is_counted_and_not_run()
    {
        Assert.That(Read("a pipe02\nb pipe03 -x\nc pipe01\n", out LtpSuite suite).Select(t => t.Name), Is.EqualTo(new[] { "c" }));
        Assert.That(suite.NotBuilt, Is.EqualTo(new[] { "a", "b" }));
    }

    [Test]
    public void Another_directory_is_refused()
    {
        Assert.That(() => new LtpSuite(Path.Combine(folder, "runtest")), Throws.InstanceOf<InvalidDataException>().With.Message.Contains("no built LTP"));
        Assert.That(() => new LtpSuite(folder).Tests("nothing").ToArray(), Throws.InstanceOf<InvalidDataException>().With.Message.Contains("nothing"));
    }
}
