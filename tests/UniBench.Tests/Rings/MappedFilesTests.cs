using Microsoft.Win32.SafeHandles;
using NUnit.Framework;
using UniBench.Host;
using UniBench.Monitor.Files;
using UniBench.Monitor.Rings;
using UniBench.Tests.Machines;

namespace UniBench.Tests.Rings;

[TestFixture]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class MappedFilesTests : IDisposable
{
    private const int Most = 16;
    private readonly SafeFileHandle file = File.OpenHandle(Path.GetTempFileName(), FileMode.Open, FileAccess.ReadWrite, FileShare.None, FileOptions.DeleteOnClose);
    private readonly FakePlatform platform = new();
    private readonly MappedFiles files;

    public MappedFilesTests()
    {
        RandomAccess.SetLength(file, 1L << 30); // more than is mapped as a whole; a hole
        files = new MappedFiles(platform, Most);
    }

    public void Dispose()
    {
        files.Dispose();
        platform.Dispose();
        file.Dispose();
    }

    [Test]
    public void Ever_other_windows_of_a_file_take_no_more_mappings_than_there_may_be()
    {
        for (int i = 0; i < 10 * Most; i++)
        {
            Window(i).Released();
            Assert.That(files.Count, Is.LessThanOrEqualTo(Most));
        }
    }

    [Test]
    public void When_all_windows_are_held_the_next_is_refused_with_the_number()
    {
        MappedFile[] held = [.. Enumerable.Range(0, Most).Select(Window)];
        Assert.That(() => Window(Most), Throws.InstanceOf<HostException>().With.Message.Contains($"{Most} parts of files"));
        held[3].Released();
        Assert.That(() => Window(Most), Throws.Nothing);
    }

    private MappedFile Window(int number)
    {
        int descriptor = HostPipe.Number(file);
        return files.Get(descriptor, HostEntry.Of(descriptor)!.Value, number * 8192L, 4096, writable: false, code: false);
    }
}
