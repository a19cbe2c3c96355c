using Microsoft.Win32.SafeHandles;
using NUnit.Framework;
using UniBench.Host;
using UniBench.Monitor;
using UniBench.Workloads;

namespace UniBench.Tests.Engine;

/// <summary>Guests that make hypercalls of their own (tests/hostile): nothing of the host changes, at most their own family ends.</summary>
[TestFixture(EngineRun.Kvm, Category = NeedsKvmAttribute.Category)]
[TestFixture(EngineRun.Sandbox)]
internal sealed class HostileTests(string machine)
{
    private string scratch = "";

    [OneTimeSetUp]
    public void Use_the_machine() => EngineRun.Use(machine);

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
        string kept = Path.Combine(scratch, "kept"), file = Path.Combine(kept, "file");
        Directory.CreateDirectory(kept);
        File.WriteAllText(file, "beneath a read-only mount");
        using SafeFileHandle input = File.OpenHandle(lent);
        (string File, string Changed)[] before = [.. Hosts().Select(f => (f, ChangeOf(f)))];
        EngineOutput run = Hostile("metadata", Convert.ToString((int)File.GetUnixFileMode("/dev/full"), 8), s => s with { Stdin = HostPipe.Number(input), Mounts = [.. s.Mounts, new Mount(kept, "/kept", false)] });
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
            /kept/file again: 13
            stdin cut off: 13
            stdin again: 13

            """));
        Assert.That(File.GetUnixFileMode(Path.Combine(scratch, "mine")).HasFlag(UnixFileMode.OtherRead));

        IEnumerable<string> Hosts() => ["/dev/full", lent, file, EngineRun.Program("hostile/metadata")];
    }

    [TestCase("fork-signal", "")]
    [TestCase("map-lengths", "")]
    [TestCase("cut-off", "")]
    [TestCase("windows 300", "")]
    [TestCase("deep-directory", "0\n0\n2\n")]
    [TestCase("foreign-handle", "1: -9\n")]
    [TestCase("queue-race", "")]
    public void What_once_ended_the_monitor_is_refused_or_has_no_effect(string mode, string output)
    {
        EngineOutput run = Hostile("monitor", mode);
        Assert.That(run.Stdout, Is.EqualTo(output + "still here\n"));
        Assert.That(run.Result.Crashes, Is.Empty);
    }

    [Test]
    public void A_program_costs_what_of_it_is_loaded_whatever_size_its_file_claims()
    {
        EngineOutput run = Hostile("monitor", "sparse", s => s with { MemoryBytes = 64 << 20 });
        Assert.That(run.Stdout, Is.EqualTo("""
            3072 MB, all of it loaded: 112
            3072 MB, a page loaded: 7
            1900 MB, all of it loaded: 112
            200 MB, all of it loaded: 112
            still here

            """));
        Assert.That(run.Result.LimitsHit, Has.Some.Contains("--memory"));
    }

    [TestCase("descriptors", "descriptors: limited", "")]
    [TestCase("messages", "MB of messages: 63, Cannot allocate memory|after removal: 0", "shared memory")]
    [TestCase("posix-queues", "large: refused|queues: 9, Too many open files|after removal: 0", "RLIMIT_MSGQUEUE")]
    [TestCase("semaphores", "MB of semaphores: 63, No space left on device|with SEM_UNDO: 12|after removal: 0", "shared memory")]
    [TestCase("segments", "MB of segments: 64, No space left on device|after removal: 0", "shared memory")]
    [TestCase("shared", "MB of shared memory: 64, Cannot allocate memory|after removal: 0", "shared memory")]
    [TestCase(
        "memory-files",
        "one: 0|one: 0|one: 0|one: 0|first: 0|second: 28|allocated: 28|far behind: 28|MB written: 24, No space left on device|after the first is gone: 0",
        "shared memory")]
    [TestCase("terminals", "terminals: 256, No space left on device|after removal: 0", "pseudo-terminals")]
    [TestCase("locks", "locks: 4096, No locks available", "record locks")]
    [TestCase(
        "watches",
        "instances: 64, Too many open files|watches: 8192, No space left on device|a known one: 0|after removal: 0|after its end: 0|after closing: 0|and again: 0",
        "inotify",
        Category = SlowAttribute.Category)]
    [TestCase("crashes", "", "crashes: reports of the first 100")]
    public void What_a_family_may_take_of_the_monitor_has_a_limit_with_Linuxs_errno_and_is_named(string what, string output, string named)
    {
        EngineOutput run = Hostile("exhaust", what, s => s with { MemoryBytes = 64 << 20 });
        Assert.That(run.Stdout, Is.EqualTo((output.Length > 0 ? output.Replace('|', '\n') + "\n" : "") + "still here\n"));
        Assert.That(run.Result.LimitsHit, named.Length == 0 ? Has.All.Contains("open files") : Has.Some.Contains(named));
        Assert.That(run.Result.Crashes.Count, Is.LessThanOrEqualTo(100));
    }

    [Test]
    public void An_exception_of_the_monitor_ends_its_family_with_a_report_and_no_other()
    {
        FamilyResult result = EngineRun.Run("engine/full_pipe", "3 300000", s => s with { Trace = Fail }).Result;
        Assert.That(result.Stages.Single(), Is.EqualTo(ExitStatus.Killed(9)));
        Assert.That(result.Crashes, Is.Not.Empty);
        Assert.That(result.Crashes[0].Text, Does.Contain("InvalidOperationException").And.Contain("thrown by a test").And.Contain("hypercall Trace(").And.Contain("fault of UniBench").And.Contain("report it"));
        Assert.That(EngineRun.Run("programs/hello", "").Stdout, Is.EqualTo("hello, world\n"));

        static void Fail(string line) => throw new InvalidOperationException($"thrown by a test at {line}");
    }

    [Test]
    public void An_exception_at_the_end_of_a_process_ends_its_family()
    {
        FamilyResult result = EngineRun.Run("engine/full_pipe", "3 300000", s => s with { Trace = FailAtEnd }).Result;
        Assert.That(result.Stages.Single(), Is.EqualTo(ExitStatus.Killed(9)));
        Assert.That(result.Crashes[0].Text, Does.Contain("hypercall Exit("));
        Assert.That(EngineRun.Run("programs/hello", "").Stdout, Is.EqualTo("hello, world\n"));

        static void FailAtEnd(string line)
        {
            if (line.Contains("+++", StringComparison.Ordinal))
            {
                throw new InvalidOperationException("thrown by a test");
            }
        }
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

    private FamilySpec Granted(FamilySpec spec) => spec with { Environment = EngineRun.GateOf(machine), Mounts = [new Mount(scratch, "/files", true)], WorkingDirectory = "/files" };
}
