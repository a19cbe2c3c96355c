using NUnit.Framework;
using UniBench.Monitor.Abi;
using UniBench.Monitor.Memory;
using UniBench.Monitor.Rings;

namespace UniBench.Tests.Rings;

[TestFixture(false)]
[TestFixture(true)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class RingTableTests(bool ofFiles) : IDisposable
{
    private readonly RingTable rings = new(ofFiles);
    private readonly FamilyBudget family = new(64 << 20, 8, 0), other = new(64 << 20, 8, 0);

    public void Dispose() => rings.Dispose();

    [Test]
    public void The_lowest_free_ring_is_taken_first()
    {
        Ring[] held = [.. Enumerable.Range(0, 4).Select(_ => rings.Create(family)!)];
        rings.Free(held[3]);
        rings.Free(held[1]);
        Assert.That((rings.Create(family)!.Index, rings.Create(family)!.Index, rings.Create(family)!.Index), Is.EqualTo((1, 3, 4)));
    }

    [Test]
    public void What_is_in_use_is_counted()
    {
        Ring pipe = rings.Create(family)!, memory = rings.CreateMemory(family)!;
        Assert.That(rings.InUse, Is.EqualTo(2));
        rings.Free(pipe);
        rings.Free(memory);
        Assert.That(rings.InUse, Is.Zero);
    }

    [Test]
    public void A_new_pipe_is_empty_and_has_a_number_that_none_had_before()
    {
        Ring first = rings.Create(family)!;
        (uint id, int index) = (first.Id, first.Index);
        first.Memory.At<RingHeader>(0).Head = 500;
        first.Memory.At<RingHeader>(0).Ends[Ring.Writer] = 3;
        rings.Free(first);
        Ring again = rings.Create(family)!;
        RingHeader header = again.Memory.At<RingHeader>(0);
        Assert.That((again.Index, again.Id == id), Is.EqualTo((index, false)));
        Assert.That((header.Head, header.Tail, header.Ends[Ring.Reader], header.Ends[Ring.Writer], header.Id), Is.EqualTo((0ul, 0ul, 0u, 0u, again.Id)));
    }

    [Test]
    public void New_memory_is_zero_also_where_the_family_had_a_pipe_before()
    {
        Ring pipe = rings.Create(family)!;
        pipe.Memory.Span.Fill(7);
        rings.Free(pipe);
        Ring memory = rings.CreateMemory(family)!;
        Assert.That((memory.Index, memory.IsPipe, IsZero(memory)), Is.EqualTo((pipe.Index, false, true)));
    }

    [Test]
    public void Another_family_sees_nothing_of_what_was_in_a_ring()
    {
        Ring pipe = rings.Create(family)!;
        pipe.Memory.Span.Fill(7);
        rings.Free(pipe);
        Ring next = rings.Create(other)!;
        Assert.That(next.Index, Is.EqualTo(pipe.Index));
        Assert.That(next.Memory.Slice(GuestLayout.Page, GuestLayout.RingStride - GuestLayout.Page).Span.IndexOfAnyExcept((byte)0), Is.EqualTo(-1));
    }

    [Test]
    public void What_another_family_still_maps_shows_it_nothing_of_the_next()
    {
        if (!ofFiles)
        {
            Assert.Pass("it has no file that a process could map");
        }

        Ring pipe = rings.Create(family)!;
        using Host.HostMapping kept = Host.HostMapping.Shared(pipe.Backing.Mapping.FileFor(writable: true), 0, GuestLayout.RingStride, writable: true, keepFile: false);
        rings.Free(pipe);
        rings.Create(other)!.Memory.Span.Fill(9);
        Assert.That(kept.Range.Span.IndexOf((byte)9), Is.EqualTo(-1));
    }

    [Test]
    public void When_a_family_ends_nothing_is_left_in_what_it_gave_back()
    {
        Ring mine = rings.Create(family)!, theirs = rings.Create(other)!;
        mine.Memory.Span.Fill(7);
        theirs.Memory.Span.Fill(8);
        rings.Free(mine);
        rings.Free(theirs);
        rings.Leave(family);
        Assert.That((IsZero(mine), mine.LastOwner), Is.EqualTo((true, (FamilyBudget?)null)));
        Assert.That((theirs.Memory.Span[5000], theirs.LastOwner), Is.EqualTo(((byte)8, other)), "that family goes on");
    }

    [Test]
    public void Pipes_and_memory_are_paid_for_while_they_are_held()
    {
        FamilyBudget small = new(GuestLayout.RingStride, 1, 0);
        Ring pipe = rings.Create(small)!, memory = rings.CreateMemory(small)!;
        Assert.That((rings.Create(small), rings.CreateMemory(small)), Is.EqualTo(((Ring?)null, (Ring?)null)));
        rings.Free(pipe);
        Assert.That(rings.CreateMemory(small), Is.Null, "a pipe given back pays for no memory");
        rings.Free(memory);
        Assert.That((rings.Create(small) is null, rings.CreateMemory(small) is null, rings.InUse), Is.EqualTo((false, false, 2)));
    }

    private static bool IsZero(Ring ring) => ring.Memory.Span.IndexOfAnyExcept((byte)0) < 0;
}
