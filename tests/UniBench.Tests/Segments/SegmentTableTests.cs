using NUnit.Framework;
using UniBench.Monitor.Abi;
using UniBench.Monitor.Memory;
using UniBench.Monitor.Segments;

namespace UniBench.Tests.Segments;

[TestFixture(false)]
[TestFixture(true)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class SegmentTableTests(bool ofFiles) : IDisposable
{
    private readonly SegmentTable segments = new(ofFiles);
    private readonly FamilyBudget family = new(64 << 20, 8, 0), other = new(64 << 20, 8, 0);

    public void Dispose() => segments.Dispose();

    [Test]
    public void The_lowest_free_place_is_taken_first()
    {
        Ring[] held = [.. Enumerable.Range(0, 4).Select(_ => segments.CreateRing(family)!)];
        segments.Free(held[3]);
        segments.Free(held[1]);
        Assert.That((segments.CreateRing(family)!.Index, segments.CreateRing(family)!.Index, segments.CreateRing(family)!.Index), Is.EqualTo((1, 3, 4)));
    }

    [Test]
    public void What_is_in_use_is_counted()
    {
        Ring pipe = segments.CreateRing(family)!;
        Segment memory = segments.CreateMemory(family)!;
        Assert.That(segments.InUse, Is.EqualTo(2));
        segments.Free(pipe);
        segments.Free(memory);
        Assert.That(segments.InUse, Is.Zero);
    }

    [Test]
    public void A_new_pipe_is_empty_and_has_a_number_that_none_had_before()
    {
        Ring first = segments.CreateRing(family)!;
        (uint id, int index) = (first.Id, first.Index);
        first.Memory.At<RingHeader>(0).Head = 500;
        first.Memory.At<RingHeader>(0).Ends[Ring.Writer] = 3;
        segments.Free(first);
        Ring again = segments.CreateRing(family)!;
        RingHeader header = again.Memory.At<RingHeader>(0);
        Assert.That((again.Index, again.Id == id), Is.EqualTo((index, false)));
        Assert.That((header.Head, header.Tail, header.Ends[Ring.Reader], header.Ends[Ring.Writer], header.Id), Is.EqualTo((0ul, 0ul, 0u, 0u, again.Id)));
    }

    [Test]
    public void New_memory_is_zero_also_where_the_family_had_a_pipe_before()
    {
        Ring pipe = segments.CreateRing(family)!;
        pipe.Memory.Span.Fill(7);
        segments.Free(pipe);
        Segment memory = segments.CreateMemory(family)!;
        Assert.That((memory.Index, IsZero(memory)), Is.EqualTo((pipe.Index, true)));
    }

    [Test]
    public void Another_family_sees_nothing_of_what_was_in_a_segment()
    {
        Ring pipe = segments.CreateRing(family)!;
        pipe.Memory.Span.Fill(7);
        segments.Free(pipe);
        Ring next = segments.CreateRing(other)!;
        Assert.That(next.Index, Is.EqualTo(pipe.Index));
        Assert.That(next.Memory.Slice(GuestLayout.Page, GuestLayout.SegmentBytes - GuestLayout.Page).Span.IndexOfAnyExcept((byte)0), Is.EqualTo(-1));
    }

    [Test]
    public void What_another_family_still_maps_shows_it_nothing_of_the_next()
    {
        if (!ofFiles)
        {
            Assert.Pass("it has no file that a process could map");
        }

        Ring pipe = segments.CreateRing(family)!;
        using Host.HostMapping kept = Host.HostMapping.Shared(pipe.Backing.Mapping.FileFor(writable: true), 0, GuestLayout.SegmentBytes, writable: true, keepFile: false);
        segments.Free(pipe);
        segments.CreateRing(other)!.Memory.Span.Fill(9);
        Assert.That(kept.Range.Span.IndexOf((byte)9), Is.EqualTo(-1));
    }

    [Test]
    public void When_a_family_ends_nothing_is_left_in_what_it_gave_back()
    {
        Ring mine = segments.CreateRing(family)!, theirs = segments.CreateRing(other)!;
        mine.Memory.Span.Fill(7);
        theirs.Memory.Span.Fill(8);
        segments.Free(mine);
        segments.Free(theirs);
        segments.Leave(family);
        Assert.That((IsZero(mine), theirs.Memory.Span[5000]), Is.EqualTo((true, (byte)8)), "the other family goes on");
    }

    [Test]
    public void Pipes_and_memory_are_paid_for_while_they_are_held()
    {
        FamilyBudget small = new(GuestLayout.SegmentBytes, 1, 0);
        Ring pipe = segments.CreateRing(small)!;
        Segment memory = segments.CreateMemory(small)!;
        Assert.That((segments.CreateRing(small), segments.CreateMemory(small)), Is.EqualTo(((Ring?)null, (Segment?)null)));
        segments.Free(pipe);
        Assert.That(segments.CreateMemory(small), Is.Null, "a pipe given back pays for no memory");
        segments.Free(memory);
        Assert.That((segments.CreateRing(small) is null, segments.CreateMemory(small) is null, segments.InUse), Is.EqualTo((false, false, 2)));
    }

    private static bool IsZero(Segment segment) => segment.Memory.Span.IndexOfAnyExcept((byte)0) < 0;
}
