using Microsoft.Win32.SafeHandles;
using NUnit.Framework;
using UniBench.Kvm;
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

    [Test]
    public void Files_of_the_host_keep_their_mode_owner_and_times_whatever_a_guest_asks()
    {
        Require.Root();
        string lent = Path.Combine(scratch, "lent");
        File.WriteAllText(lent, "for reading");
        File.SetUnixFileMode(lent, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
        using SafeFileHandle input = File.OpenHandle(lent);
        (string File, string Changed)[] before = [.. Hosts().Select(f => (f, ChangeOf(f)))];
        EngineOutput run = Hostile("metadata", Convert.ToString((int)File.GetUnixFileMode("/dev/full"), 8), s => s with { Stdin = HostPipe.Number(input) });
        Assert.That(Hosts().Select(f => (f, ChangeOf(f))), Is.EqualTo(before));
        Assert.That(run.Stdout, Is.EqualTo("""
            /dev/full: 0 0 0
            /dev/full for writing: 0 0 0
            /dev/full by name: 0 0 0 0
            /proc/cpuinfo: 1 1 1
            /proc/cpuinfo by name: 1 1 1 1
            /proc: 1 1 1
            /proc/self/exe: 1 1 1
            stdin: 0 0 0
            eventfd: 0 0 0
            a file of its own: 0 0 0
            /proc/sys/vm/overcommit_memory again: 13
            /proc/self/exe again: 13
            stdin again: 13

            """));
        Assert.That(File.GetUnixFileMode(Path.Combine(scratch, "mine")).HasFlag(UnixFileMode.OtherRead));

        IEnumerable<string> Hosts() => ["/dev/full", lent, EngineRun.Program("hostile/metadata")];
    }

    /// <summary>When something was last changed about a file.</summary>
    private static string ChangeOf(string path)
    {
        const int Seconds = 104; // st_ctim
        using SafeFileHandle file = File.OpenHandle(path);
        byte[] status = new byte[HostIo.StatBytes];
        HostIo.Stat(HostPipe.Number(file), status);
        return Convert.ToHexString(status, Seconds, 16);
    }

    private EngineOutput Hostile(string program, string arguments, Func<FamilySpec, FamilySpec>? change = null) =>
        EngineRun.Run($"hostile/{program}", arguments, s => change?.Invoke(Granted(s)) ?? Granted(s));

    private FamilySpec Granted(FamilySpec spec) => spec with { Mounts = [new Mount(scratch, "/files", true)], WorkingDirectory = "/files" };
}
