using System.Runtime.InteropServices;
using NUnit.Framework;
using UniBench.Host;
using UniBench.Monitor.Abi;
using UniBench.Monitor.Segments;

namespace UniBench.Tests.Segments;

[TestFixture]
internal sealed class RingTests
{
    private HostMapping memory = null!;
    private Ring ring = null!;

    private ref RingHeader Header => ref MemoryMarshal.AsRef<RingHeader>(memory.Range.Span);

    [SetUp]
    public void MakeRing()
    {
        memory = HostMapping.Anonymous(GuestLayout.SegmentBytes);
        ring = new Ring(0, memory.Memory, id: 77);
    }

    [TearDown]
    public void Free() => memory.Dispose();

    [Test]
    public void An_end_that_was_let_go_and_counted_by_its_holder_leaves_the_book_only()
    {
        Holder a = new(1), b = new(2);
        ring.Hold(a, 3);
        ring.Hold(b, 3);
        Header.Ends[Ring.Writer] = 1; // as a's library OS did
        ring.Release(a, 2, isCounted: true);
        Assert.That((Header.Ends[Ring.Writer], ring.EndsOf(a), b.Wakes), Is.EqualTo((1u, 1, 0)));
        ring.Release(b, 2);
        Assert.That((Header.Ends[Ring.Writer], a.Wakes), Is.EqualTo((0u, 1)));
    }

    [Test]
    public void After_a_death_in_the_middle_of_counting_the_book_is_right()
    {
        Holder a = new(1), b = new(2), c = new(3) { LetGo = true };
        ring.Hold(a, 2);
        ring.Hold(b, 2);
        ring.Hold(c, 2);
        ring.Release(a, 2, isCounted: true);
        ring.Recount(Ring.Writer);
        Assert.That(Header.Ends[Ring.Writer], Is.EqualTo(1u));
    }

    [Test]
    public void Ends_are_counted_once_for_each_process_that_holds_them()
    {
        Holder a = new(1), b = new(2);
        ring.Hold(a, 3);
        ring.Hold(a, 1);
        ring.Hold(b, 2);
        Assert.That((Header.Ends[0], Header.Ends[1]), Is.EqualTo((1u, 2u)));
        ring.Release(a, 2);
        ring.Release(a, 2);
        Assert.That((Header.Ends[0], Header.Ends[1]), Is.EqualTo((1u, 1u)));
        ring.Release(a, 1);
        ring.Release(b, 3);
        Assert.That(ring.IsHeld, Is.False);
        Assert.That((Header.Ends[0], Header.Ends[1]), Is.EqualTo((0u, 0u)));
    }

    [Test]
    public void The_last_writer_that_goes_wakes_the_readers_and_only_them()
    {
        Holder reader = new(1), writer = new(2), second = new(3);
        ring.Hold(reader, 1);
        ring.Hold(writer, 2);
        ring.Hold(second, 2);
        Header.Waiting[Ring.Reader] = 1;
        ring.Release(writer, 2);
        Assert.That(reader.Wakes, Is.Zero);
        ring.Release(second, 2);
        Assert.That(reader.Wakes, Is.EqualTo(1));
        Assert.That(second.Wakes, Is.Zero);
        Assert.That(Header.Waiting[Ring.Reader], Is.Zero);
    }

    [Test]
    public void Only_the_dead_process_loses_its_locks()
    {
        Header.WriterLock = 5;
        Header.ReaderLock = 6;
        ring.BreakLocks(6);
        Assert.That((Header.WriterLock, Header.ReaderLock), Is.EqualTo((5u, 0u)));
    }

    [Test]
    public void A_lock_that_no_holder_can_own_is_broken()
    {
        ring.Hold(new Holder(5), 3);
        Header.WriterLock = 5;
        Header.ReaderLock = 12345;
        ring.BreakStrayLocks();
        Assert.That((Header.WriterLock, Header.ReaderLock), Is.EqualTo((5u, 0u)));
    }

    [TestCase(65536, 131072)]
    [TestCase(65536, 4096)]
    public void Resizing_keeps_the_bytes_and_their_order(int from, int to)
    {
        ring.Hold(new Holder(1), 3);
        Header.Capacity = (uint)from;
        Header.Tail = (ulong)(3 * from) - 1000;
        Header.Head = Header.Tail + 3000;
        for (ulong i = 0; i < 3000; i++)
        {
            Data((Header.Tail + i) % (ulong)from) = (byte)(i * 7);
        }

        Assert.That(ring.Resize(to), Is.EqualTo(to));
        for (ulong i = 0; i < 3000; i++)
        {
            Assert.That(Data((Header.Tail + i) % (ulong)to), Is.EqualTo((byte)(i * 7)));
        }
    }

    [Test]
    public void Resizing_is_refused_when_the_bytes_do_not_fit_or_others_hold_an_end()
    {
        ring.Hold(new Holder(1), 3);
        Header.Head = 5000;
        Assert.That(ring.Resize(4096), Is.EqualTo(-16));
        Header.Head = 0;
        ring.Hold(new Holder(2), 1);
        Assert.That(ring.Resize(4096), Is.EqualTo(-16));
    }

    [TestCase(0u, 0ul)]
    [TestCase(3u, 0ul)]
    [TestCase(uint.MaxValue, 0ul)]
    [TestCase(65536u, ulong.MaxValue)]
    public void A_header_that_a_guest_scribbled_on_is_refused_not_followed(uint capacity, ulong head)
    {
        ring.Hold(new Holder(1), 3);
        Header.Capacity = capacity;
        Header.Head = head;
        Assert.That(ring.Resize(131072), Is.EqualTo(-Errno.EIO));
    }

    private ref byte Data(ulong at) => ref memory.Range.Span[GuestLayout.RingData + (int)at];

    private sealed class Holder(int pid) : ISegmentHolder
    {
        public int Pid => pid;

        public int Wakes { get; private set; }

        public bool LetGo { get; init; }

        public bool HasLetGo(Ring ring, int side) => LetGo;

        public void RingChanged(Ring ring, ISegmentHolder? by) => Wakes++;
    }
}
