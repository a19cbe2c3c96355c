using Microsoft.Win32.SafeHandles;
using NUnit.Framework;
using UniBench.Host;
using UniBench.Monitor.Loading;

namespace UniBench.Tests.Loading;

[TestFixture]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class ProgramReaderTests : IDisposable
{
    private const long Huge = 1L << 40;
    private readonly SafeFileHandle file = File.OpenHandle(Path.GetTempFileName(), FileMode.Open, FileAccess.ReadWrite, FileShare.None, FileOptions.DeleteOnClose);

    public void Dispose() => file.Dispose();

    [Test]
    public void A_small_file_is_read_as_a_whole()
    {
        byte[] program = TinyElf.Make();
        Write(program, program.Length);
        Assert.That(Read(program.Length, 1 << 20), Is.EqualTo(program));
    }

    [Test]
    public void Of_a_file_of_any_claimed_size_no_more_is_read_than_may_be_loaded()
    {
        byte[] program = TinyElf.Make(2);
        Write(program, Huge);
        byte[] read = Read(Huge, 1 << 20);
        Assert.That(read, Has.Length.EqualTo(1 << 20));
        Assert.That(read.AsSpan(0, program.Length).SequenceEqual(program));
    }

    [Test]
    public void Segments_beyond_what_may_be_loaded_are_refused_with_both_sizes()
    {
        byte[] program = TinyElf.Make();
        TinyElf.Put64(program, TinyElf.HeaderTable + 32, 3 << 20);
        Write(program, Huge);
        Assert.That(() => Read(Huge, 1 << 20), Throws.TypeOf<ProgramSizeException>().With.Message.Contains("3 MB").And.Message.Contains("1 MB").And.Message.Contains("--memory"));
    }

    [TestCase(ulong.MaxValue, 0x1000ul)]
    [TestCase(0x1000ul, ulong.MaxValue)]
    [TestCase((ulong)long.MaxValue, 1ul)]
    public void A_segment_whose_end_is_no_number_is_too_large(ulong offset, ulong length)
    {
        byte[] program = TinyElf.Make();
        TinyElf.Put64(program, TinyElf.HeaderTable + 8, offset);
        TinyElf.Put64(program, TinyElf.HeaderTable + 32, length);
        Write(program, Huge);
        Assert.That(() => Read(Huge, 1 << 20), Throws.TypeOf<ProgramSizeException>());
    }

    [TestCase(1ul << 30)]
    [TestCase(ulong.MaxValue)]
    [TestCase(ulong.MaxValue - 63)]
    public void Headers_that_lie_too_far_behind_are_refused(ulong offset)
    {
        byte[] program = TinyElf.Make();
        TinyElf.Put64(program, 32, offset);
        Write(program, Huge);
        Assert.That(() => Read(Huge, 1 << 20), Throws.TypeOf<ElfException>());
    }

    [Test]
    public void What_is_not_loaded_does_not_count()
    {
        byte[] program = TinyElf.Make(2);
        TinyElf.Put32(program, TinyElf.HeaderTable + TinyElf.HeaderSize, 4); // PT_NOTE
        TinyElf.Put64(program, TinyElf.HeaderTable + TinyElf.HeaderSize + 32, 1UL << 35);
        Write(program, Huge);
        Assert.That(Read(Huge, 1 << 20), Has.Length.EqualTo(1 << 20));
    }

    private void Write(byte[] start, long size)
    {
        RandomAccess.SetLength(file, size);
        RandomAccess.Write(file, start, 0);
    }

    private byte[] Read(long size, long most) => ProgramReader.Read(HostPipe.Number(file), size, most);
}
