using NUnit.Framework;
using UniBench.Monitor;
using UniBench.Workloads;

namespace UniBench.Tests.Engine;

/// <summary>Guests that use their gate to the host and their mailbox against it (tests/hostile/escape.c): at most their own family ends.</summary>
[Slow]
[TestFixture]
internal sealed class HostileSandboxTests
{
    private string scratch = "";

    [OneTimeSetUp]
    public void Use_the_machine() => EngineRun.Use(EngineRun.Sandbox);

    [SetUp]
    public void MakeScratch() => scratch = Directory.CreateTempSubdirectory("unibench-hostile-test-").FullName;

    [TearDown]
    public void Nothing_else_was_harmed()
    {
        Directory.Delete(scratch, recursive: true);
        Assert.That(EngineRun.Run("programs/hello", "").Stdout, Is.EqualTo("hello, world\n"));
    }

    [Test]
    public void System_calls_through_the_gate_reach_the_library_OS_and_not_the_host()
    {
        string file = Path.Combine(scratch, "made");
        using System.Diagnostics.Process victim = System.Diagnostics.Process.Start("sleep", "1000");
        try
        {
            EngineOutput run = Escape($"calls {file} {victim.Id}");
            Assert.That(run.Stdout, Is.EqualTo("""
                openat: -2
                open: -2
                kill: -3
                tgkill: -3
                ptrace: -38
                process_vm_writev: -3
                socket: -97
                memfd_create: 1
                execve: -2
                mmap without a file: 1

                """));
            Assert.That(File.Exists(file), Is.False);
            Assert.That(victim.HasExited, Is.False);
        }
        finally
        {
            victim.Kill();
            victim.WaitForExit();
        }
    }

    [Test]
    public void A_jump_to_any_byte_of_the_gate_ends_at_most_who_jumps() => Assert.That(Escape("jumps").Stdout, Is.EqualTo("done\n"));

    [Test]
    public void What_was_given_for_reading_is_not_written_to_and_nothing_else_is_there_to_map() =>
        Assert.That(Escape("foreign").Stdout, Is.EqualTo("mprotect: -13\nmprotect: -13\ndone\n"));

    [Test]
    public void Nothing_is_mapped_that_it_was_not_given()
    {
        int seen = 0;
        List<string> foreign = [];
        EngineRun.Run("programs/hello", "", s => s with
        {
            Trace = _ =>
            {
                foreach (string maps in SandboxedProcesses())
                {
                    seen++;
                    foreign.AddRange(maps.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(IsForeign));
                }
            },
        });
        Assert.That(seen, Is.Positive);
        Assert.That(foreign, Is.Empty);
    }

    [TestCase("close")]
    [TestCase("unmap")]
    [TestCase("masked")]
    public void A_process_that_destroys_what_its_machine_needs_ends_or_is_killed_in_time(string mode)
    {
        const int Seconds = 3;
        FamilyResult result = Escape(mode, s => s with { Timeout = Patience.Seconds(Seconds) }).Result;
        Assert.That(result.Stages.Single(), Is.Not.EqualTo(ExitStatus.Exited(0)));
    }

    [Test]
    public void Whatever_it_writes_into_its_mailbox_its_family_ends_in_time([Range(1, 6)] int seed)
    {
        const int Seconds = 3;
        Assert.That(Escape($"scribble {seed}", s => s with { Timeout = Patience.Seconds(Seconds) }).Result.Stages, Has.Count.EqualTo(1));
    }

    [Test]
    public void One_that_takes_no_descriptors_out_of_its_socket_holds_nobody_up()
    {
        EngineOutput run = Escape("deaf");
        Assert.That((run.Result.Outcome, run.Stdout), Is.EqualTo((FamilyOutcome.Completed, "done\n")));
    }

    [Test]
    public void One_that_only_says_that_it_has_ended_is_gone_with_its_family()
    {
        Assert.That(Escape("ghost").Result.Stages.Single(), Is.EqualTo(ExitStatus.Exited(0)));
        for (int i = 0; i < 3; i++)
        {
            Assert.That(EngineRun.Run("hostile/leftovers", "find fresh").Result.Stages.Single(), Is.EqualTo(ExitStatus.Exited(0)));
        }
    }

    /// <summary>/proc/PID/maps of the processes that this one's launcher has made.</summary>
    private static IEnumerable<string> SandboxedProcesses()
    {
        string[] processes = [.. Directory.EnumerateDirectories("/proc").Where(d => int.TryParse(Path.GetFileName(d), out _))];
        string[] launchers = [.. processes.Where(p => Parent(p) == Environment.ProcessId && Read(p, "comm") is { } name && !name.StartsWith("dotnet", StringComparison.Ordinal)).Select(p => Path.GetFileName(p))];
        return processes.Where(p => launchers.Contains(Parent(p).ToString(System.Globalization.CultureInfo.InvariantCulture))).Select(p => Read(p, "maps")).OfType<string>().Where(m => m.Contains("/memfd:libos", StringComparison.Ordinal));

        static int Parent(string process) => Read(process, "status")?.Split('\n').First(l => l.StartsWith("PPid:", StringComparison.Ordinal)) is { } line ? int.Parse(line.AsSpan(5), System.Globalization.CultureInfo.InvariantCulture) : 0;

        static string? Read(string process, string file)
        {
            try
            {
                return File.ReadAllText(Path.Combine(process, file));
            }
            catch (IOException)
            {
                return null; // it has ended
            }
        }
    }

    /// <summary>No file that the monitor made; where no guest has anything a kernel may have a vDSO that cannot be unmapped.</summary>
    private static bool IsForeign(string mapping)
    {
        const ulong StackTop = 0x7ffff0000000, LibraryOs = 0x7ffff8000000, UserEnd = 0x800000000000;
        ulong start = ulong.Parse(mapping.AsSpan(0, mapping.IndexOf('-')), System.Globalization.NumberStyles.HexNumber, System.Globalization.CultureInfo.InvariantCulture);
        return !mapping.Contains("/memfd:", StringComparison.Ordinal) && start is < StackTop or (>= LibraryOs and < UserEnd);
    }

    private static EngineOutput Escape(string arguments, Func<FamilySpec, FamilySpec>? change = null) => EngineRun.Run("hostile/escape", arguments, change);
}
