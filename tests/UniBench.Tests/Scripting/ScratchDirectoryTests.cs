using System.Security.Cryptography;
using NUnit.Framework;
using UniBench.Workbench.Scripting;

namespace UniBench.Tests.Scripting;

internal sealed class ScratchDirectoryTests
{
    [Test]
    public void It_holds_what_was_described_and_is_gone_when_removed()
    {
        ScratchDirectory scratch = Described();
        scratch.Make();
        try
        {
            Assert.Multiple(() =>
            {
                Assert.That(File.ReadAllText(In(scratch, "a/b/note.txt")), Is.EqualTo("grüße\n"));
                Assert.That(File.ReadAllText(In(scratch, "words.txt")).Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries), Has.Length.EqualTo(1003));
                Assert.That(File.ReadAllBytes(In(scratch, "bin/sleep")), Is.EqualTo(File.ReadAllBytes("/bin/sleep")), "a link is its program");
                Assert.That(File.GetUnixFileMode(In(scratch, "bin/true")) & UnixFileMode.OtherExecute, Is.Not.Zero);
            });
        }
        finally
        {
            scratch.Remove();
        }

        Assert.That(Path.Exists(scratch.Path), Is.False);
    }

    [Test]
    public void It_is_the_same_whenever_it_is_made()
    {
        ScratchDirectory scratch = Described();
        try
        {
            scratch.Make();
            string[] first = Listing(scratch);
            File.Delete(In(scratch, "words.txt"));
            File.WriteAllText(In(scratch, "a/b/note.txt"), "changed");
            File.WriteAllText(In(scratch, "more"), "more");
            scratch.Make();
            Assert.That(Listing(scratch), Is.EqualTo(first));
        }
        finally
        {
            scratch.Remove();
        }
    }

    /// <summary>The bytes are part of what a scenario means: numbers of two machines are compared.</summary>
    [Test]
    public void Made_up_words_are_these() => Assert.Multiple(() =>
    {
        Assert.That(Convert.ToHexStringLower(SHA256.HashData(MadeUpText.Bytes(1000, 1)))[..16], Is.EqualTo("fa12c6484f3c99f5"));
        Assert.That(MadeUpText.Bytes(1000, 2), Is.Not.EqualTo(MadeUpText.Bytes(1000, 1)));
        Assert.That(MadeUpText.Bytes(0, 1), Is.Empty);
    });

    [Test]
    public void What_a_killed_run_left_is_swept_and_what_a_living_one_uses_is_not()
    {
        ScratchDirectory mine = Described();
        mine.Make();
        string left = Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), $"unibench-scratch-{int.MaxValue}-left")).FullName;
        try
        {
            ScratchDirectory.Sweep();
            Assert.That(Path.Exists(left), Is.False);
            Assert.That(Path.Exists(mine.Path), Is.True);
        }
        finally
        {
            mine.Remove();
        }
    }

    private static ScratchDirectory Described() => new ScratchDirectory(name => $"/bin/{name}")
        .Text("a/b/note.txt", "grüße\n").Words("words.txt", 1003).Program("true").Program("sleep", "slumber");

    private static string In(ScratchDirectory scratch, string name) => Path.Combine(scratch.Path, name);

    private static string[] Listing(ScratchDirectory scratch) =>
        [.. new DirectoryInfo(scratch.Path).EnumerateFileSystemInfos("*", SearchOption.AllDirectories).OrderBy(e => e.FullName, StringComparer.Ordinal)
            .Select(e => $"{e.FullName} {e.UnixFileMode} {(e.LinkTarget is null ? e.LastWriteTimeUtc : default):O} {(e is FileInfo f ? Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(f.FullName))) : "")}")];
}
