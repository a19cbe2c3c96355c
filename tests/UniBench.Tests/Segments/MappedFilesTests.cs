using Microsoft.Win32.SafeHandles;
using NUnit.Framework;
using UniBench.Host;
using UniBench.Monitor.Abi;
using UniBench.Monitor.Files;
using UniBench.Monitor.Segments;
using UniBench.Tests.Loading;
using UniBench.Tests.Machines;

namespace UniBench.Tests.Segments;

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
        MappedFile[] held = [.. Enumerable.Range(0, Most).Select(i => Window(i))];
        Assert.That(() => Window(Most), Throws.InstanceOf<HostException>().With.Message.Contains($"{Most} parts of files"));
        held[3].Released();
        Assert.That(() => Window(Most), Throws.Nothing);
    }

    [Test]
    public void The_same_part_is_mapped_once_for_all_who_want_it()
    {
        MappedFile first = Window(1);
        Assert.That((Window(1), files.Count), Is.EqualTo((first, 1)));
        first.Released();
        files.DropIdle();
        Assert.That(files.Count, Is.EqualTo(1), "one still holds it");
        first.Released();
        files.DropIdle();
        Assert.That(files.Count, Is.Zero);
    }

    [Test]
    public void Who_may_only_read_does_not_get_memory_that_can_be_written()
    {
        MappedFile writable = Window(1, writable: true), readOnly = Window(1);
        Assert.That((writable.IsWritable, readOnly.IsWritable, readOnly.Pieces[0].IsReadOnly), Is.EqualTo((true, false, true)));
    }

    [Test]
    public void A_small_file_is_mapped_as_a_whole_in_pieces_and_a_part_of_it_is_in_there()
    {
        RandomAccess.SetLength(file, (2 * GuestLayout.SegmentBytes) + 100);
        MappedFile whole = Window(5);
        Assert.That((whole.Offset, whole.Length, whole.Pieces.Count), Is.EqualTo((0L, (2 * GuestLayout.SegmentBytes) + GuestLayout.Page, 3)));
        Assert.That(Window(300), Is.SameAs(whole));
    }

    [Test]
    public void A_file_that_grew_is_mapped_anew_where_it_is_wanted_behind_its_old_end()
    {
        RandomAccess.SetLength(file, 8192);
        MappedFile old = Window(0);
        RandomAccess.SetLength(file, 3 * 8192);
        MappedFile grown = Window(2);
        Assert.That(grown, Is.Not.SameAs(old));
        Assert.That((grown.Covers(2 * 8192, 4096), old.Covers(2 * 8192, 4096), old.Covers(8192, long.MaxValue), old.Covers(-1, 1)), Is.EqualTo((true, false, false, false)));
    }

    [Test]
    public void A_byte_of_a_file_is_one_futex_in_whatever_window_it_is_seen()
    {
        MappedFile one = Window(1), both = files.Get(Descriptor, Entry, 8192 - 4096, 8192, writable: false, code: false);
        Assert.That(both, Is.Not.SameAs(one));
        Assert.That(both.Pieces[0].KeyOf(4096 + 12), Is.EqualTo(one.Pieces[0].KeyOf(12)));
        Assert.That(both.Pieces[0].KeyOf(12), Is.Not.EqualTo(one.Pieces[0].KeyOf(12)));
    }

    [Test]
    public void What_could_be_written_to_does_not_outlive_its_users()
    {
        Window(1, writable: true).Released();
        Window(2).Released();
        files.Trim();
        Assert.That(files.Count, Is.EqualTo(1));
        Assert.That((files.Has((Entry.Device, Entry.Inode)), files.Has((Entry.Device, Entry.Inode + 1))), Is.EqualTo((true, false)));
        files.DropIdle();
        Assert.That(files.Has((Entry.Device, Entry.Inode)), Is.False);
    }

    [Test]
    public void A_library_is_a_copy_with_its_system_calls_rewritten_and_a_changed_one_another()
    {
        RandomAccess.SetLength(file, 0);
        byte[] library = TinyElf.Make();
        library[16] = 3; // ET_DYN
        byte[] call = [0xb8, 39, 0, 0, 0, 0x0f, 0x05, 0x90, 0x90, 0x90, 0x90, 0xc3]; // mov eax, 39; syscall; nops; ret
        call.CopyTo(library, 0x1000);
        RandomAccess.Write(file, library, 0);
        MappedFile copy = files.Get(Descriptor, Entry, 0x1000, 0x1000, writable: false, code: true);
        Assert.That(copy.Stubs, Is.Not.Null);
        Assert.That(Bytes(copy, 0x1000, call.Length).SequenceEqual(call), Is.False, "patched");
        Assert.That(Bytes(copy, 0, 0x1000).SequenceEqual(library.AsSpan(0, 0x1000)), "the rest is the file's");
        byte[] unchanged = new byte[call.Length];
        RandomAccess.Read(file, unchanged, 0x1000);
        Assert.That(unchanged, Is.EqualTo(call));

        RandomAccess.Write(file, [0xcc, 0xcc], 0x1f00);
        RandomAccess.SetLength(file, library.Length + 1);
        MappedFile changed = files.Get(Descriptor, Entry, 0x1000, 0x1000, writable: false, code: true);
        Assert.That(changed, Is.Not.SameAs(copy));

        static Span<byte> Bytes(MappedFile of, int at, int count) => of.Pieces[0].Memory.Slice(at, count).Span;
    }

    [Test]
    public void Code_that_is_no_library_is_mapped_as_it_is()
    {
        RandomAccess.SetLength(file, 8192);
        MappedFile plain = files.Get(Descriptor, Entry, 0, 4096, writable: false, code: true);
        Assert.That(plain.Stubs, Is.Null);
    }

    private int Descriptor => HostPipe.Number(file);

    private HostEntry Entry => HostEntry.Of(Descriptor)!.Value;

    private MappedFile Window(int number, bool writable = false) => files.Get(Descriptor, Entry, number * 8192L, 4096, writable, code: false);
}
