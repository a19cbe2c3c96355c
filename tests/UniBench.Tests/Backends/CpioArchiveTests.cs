using System.Diagnostics;
using NUnit.Framework;
using UniBench.Backends;

namespace UniBench.Tests.Backends;

internal sealed class CpioArchiveTests
{
    [Test]
    public void What_is_unpacked_is_the_tree_with_its_modes_and_links()
    {
        UniBench.Tests.Require.Programs("/usr/bin/cpio");
        string top = Directory.CreateTempSubdirectory("unibench-test-").FullName;
        try
        {
            string tree = Path.Combine(top, "tree"), copy = Path.Combine(top, "copy"), archive = Path.Combine(top, "archive");
            Directory.CreateDirectory(Path.Combine(tree, "deep", "er"));
            Directory.CreateDirectory(copy);
            File.WriteAllText(Path.Combine(tree, "deep", "er", "odd"), "123");
            File.WriteAllText(Path.Combine(tree, "run"), "1234");
            File.SetUnixFileMode(Path.Combine(tree, "run"), UnixFileMode.UserRead | UnixFileMode.UserExecute);
            File.CreateSymbolicLink(Path.Combine(tree, "all"), "/");
            using (FileStream to = File.Create(archive))
            {
                CpioArchive.Write(tree, to);
            }

            using Process cpio = Process.Start(new ProcessStartInfo("sh", ["-c", $"exec cpio --quiet -i --no-preserve-owner < {archive}"]) { WorkingDirectory = copy })!;
            cpio.WaitForExit();
            Assert.That(cpio.ExitCode, Is.Zero);
            Assert.That(File.ReadAllText(Path.Combine(copy, "deep", "er", "odd")), Is.EqualTo("123"));
            Assert.That(File.GetUnixFileMode(Path.Combine(copy, "run")), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserExecute));
            Assert.That(new FileInfo(Path.Combine(copy, "all")).LinkTarget, Is.EqualTo("/"), "a link is a link, and not what it leads to");
            Assert.That(Directory.EnumerateFileSystemEntries(copy), Has.Exactly(3).Items);
        }
        finally
        {
            Directory.Delete(top, recursive: true);
        }
    }
}
