using System.Globalization;
using System.Text;
using NUnit.Framework;
using UniBench.Backends;
using UniBench.Tests.Cli;
using UniBench.Tests.Conformance;
using UniBench.Tests.Engine;
using UniBench.Workloads;

namespace UniBench.Tests.Compatibility;

internal sealed class CompatibilityTests
{
    private static readonly string Document = Path.Combine(ConformancePrograms.Repository, "docs", "compatibility.md");
    private static readonly string LibraryOs = Path.Combine(ConformancePrograms.Repository, "guest", "libos");

    private static IReadOnlyDictionary<int, string> Implemented => SystemCallTable.Implemented(File.ReadAllText(Path.Combine(LibraryOs, "syscall_table.c")));

    private static IReadOnlyDictionary<string, CompatibilityNote> Notes =>
        CompatibilityNote.Parse(File.ReadLines(Path.Combine(LibraryOs, "compatibility.txt")), SystemCallTable.Linux, Implemented);

    [Test]
    public void The_document_says_what_the_table_and_the_notes_say()
    {
        using DecimalComma comma = new();
        string text = CompatibilityDocument.Render(SystemCallTable.Linux, Implemented, Notes);
        if (Environment.GetEnvironmentVariable("UNIBENCH_GOLDEN") == "write")
        {
            File.WriteAllText(Document, text);
        }

        Assert.That(File.Exists(Document) ? File.ReadAllText(Document) : "", Is.EqualTo(text), "UNIBENCH_GOLDEN=write writes it");
    }

    [Test]
    public void Full_is_only_what_a_conformance_program_shows() => Assert.That(
        Implemented.Keys.Select(n => SystemCallTable.Linux[n]).Where(c => (Notes.GetValueOrDefault(c)?.State ?? "full") == "full" && ShownBy.Of(c).Count == 0),
        Is.Empty,
        "no program in tests/conformance makes these");

    [Test]
    [NeedsKvm]
    public void The_library_OS_answers_exactly_the_absent_calls_with_ENOSYS()
    {
        EngineRun.Use(EngineRun.Kvm);
        int[] all = [.. SystemCallTable.Linux.Keys];
        LaunchRequest request = new() { Stages = [EngineRun.Stage("engine/refused_calls", string.Join(' ', all))], Timeout = Patience.Seconds(30) };

        // An engine that ends with the test: the fixtures' own reserve so much address space that there is little room for more.
        using EngineBackend backend = new(EnginePlatform.Kvm);
        LaunchResult run = backend.Launch(request, CancellationToken.None);
        Assert.That(run.Stages, Is.EqualTo(new[] { ExitStatus.Exited(0) }), "the program itself failed");
        string[] refused = [.. Encoding.ASCII.GetString(run.Stdout).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(n => Named(int.Parse(n, CultureInfo.InvariantCulture)))];
        string[] absent = [.. all.Except(Implemented.Keys).Select(Named)];
        Assert.Multiple(() =>
        {
            Assert.That(absent.Except(refused), Is.Empty, "absent in the table, but something answered");
            Assert.That(refused.Except(absent), Is.Empty, "in the table, but ENOSYS");
        });
    }

    [Test]
    public void Every_call_of_the_table_is_one_of_Linux_under_its_own_name_or_shares_a_function() => Assert.Multiple(() =>
    {
        Assert.That(Implemented, Is.Not.Empty);
        Assert.That(Implemented.Keys, Is.SubsetOf(SystemCallTable.Linux.Keys));
        string[] names = [.. SystemCallTable.Linux.Values];
        foreach ((int number, string function) in Implemented.Where(c => names.Contains(c.Value) && SystemCallTable.Linux[c.Key] != c.Value))
        {
            Assert.That(Implemented.Values.Count(f => f == function), Is.GreaterThan(1), $"{number} is {SystemCallTable.Linux[number]}, not {function}");
        }
    });

    [Test]
    public void An_area_names_calls_of_Linux_and_each_once()
    {
        string[] names = [.. SystemCallAreas.All.SelectMany(a => a.Names)];
        Assert.That(names, Is.Unique);
        Assert.That(names, Is.SubsetOf(SystemCallTable.Linux.Values));
    }

    [TestCase("getpid: full: as it should be")]
    [TestCase("swapon: absent: nothing is swapped")]
    [TestCase("# a comment: of any kind")]
    [TestCase("")]
    public void A_note_may_be(string line) => Assert.That(() => Parse(line), Throws.Nothing);

    [TestCase("swapon: partial: only off", "the library OS's table does not have it")]
    [TestCase("getpid: absent: who asks", "table has it")]
    [TestCase("getpidd: full: it counts", "no such system call")]
    [TestCase("getpid: nearly: it counts", "expected")]
    [TestCase("getpid: full:", "expected")]
    [TestCase("getpid", "expected")]
    [TestCase("getpid: full: a\ngetpid: full: b", "a note already")]
    public void A_note_may_not_be(string lines, string reason) =>
        Assert.That(() => Parse(lines), Throws.TypeOf<InvalidDataException>().With.Message.Contains(reason).And.Message.Contains(lines.Split('\n')[^1]));

    [Test]
    public void A_table_is_read_whatever_its_layout() => Assert.Multiple(() =>
    {
        Assert.That(SystemCallTable.Implemented("#define CALLS(X) X(read) \\\n  X( gettid , getpid )\nENTRY(write) MAX(open, no)"), Is.EqualTo(new Dictionary<int, string> { [0] = "read", [186] = "getpid" }));
        Assert.That(() => SystemCallTable.Implemented("X(read) X(read, b)"), Throws.TypeOf<InvalidDataException>().With.Message.Contains("two entries"));
        Assert.That(() => SystemCallTable.Implemented("X(raed)"), Throws.TypeOf<InvalidDataException>().With.Message.Contains("no system call"));
    });

    private static string Named(int number) => $"{number} {SystemCallTable.Linux[number]}";

    private static IReadOnlyDictionary<string, CompatibilityNote> Parse(string lines) =>
        CompatibilityNote.Parse(lines.Split('\n'), SystemCallTable.Linux, new Dictionary<int, string> { [39] = "getpid" });
}
