using NUnit.Framework;
using UniBench.Monitor.Abi;
using UniBench.Monitor.Machines;

namespace UniBench.Tests.Machines;

[TestFixture]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class ExtentWindowTests : IDisposable
{
    private const int FirstSlot = 704;
    private const long Piece = 4 << 20;
    private readonly ExtentArena arena = new(ofFiles: false);
    private readonly FakeMachine parent, child, third;

    public ExtentWindowTests()
    {
        object owner = new();
        (parent, child, third) = (Machine(0), Machine(1), Machine(2));

        FakeMachine Machine(int index)
        {
            FakeMachine made = new(arena, index);
            made.Extents.Owner = owner;
            return made;
        }
    }

    public void Dispose()
    {
        foreach (FakeMachine machine in (FakeMachine[])[parent, child, third])
        {
            machine.Dispose();
        }

        arena.Dispose();
    }

    [Test]
    public void An_opened_extent_is_the_processes_own_and_the_library_OS_is_told_where_it_lies()
    {
        int index = parent.Extents.Open();
        GuestExtent told = parent.Control.Extents[index];
        Assert.That((told.End - told.Start, told.Exclusive), Is.EqualTo(((ulong)Piece, 1u)));
        Assert.That((parent.Control.RunNext, parent.Control.RunEnd, parent.Control.RunClean), Is.EqualTo((told.Start, told.End, told.Start)), "zero, all of it");
        Assert.That((parent.Slots[FirstSlot + index].Address, parent.Slots[FirstSlot + index].ReadOnly), Is.EqualTo((told.Start, false)));
        Assert.That((parent.Extents.HeldBytes, parent.Extents.ChargedBytes), Is.EqualTo((Piece, Piece)));
    }

    [Test]
    public void Extents_grow_with_the_process()
    {
        long before = 0;
        for (int i = 0; i < 12; i++)
        {
            int index = parent.Extents.Open();
            long bytes = (long)(parent.Control.Extents[index].End - parent.Control.Extents[index].Start);
            Assert.That(bytes, Is.GreaterThanOrEqualTo(before).And.LessThanOrEqualTo(128 << 20));
            before = bytes;
        }

        Assert.That(before, Is.GreaterThan(Piece));
    }

    [Test]
    public void A_child_only_reads_what_its_parent_has_and_neither_may_write_without_a_copy()
    {
        int index = parent.Extents.Open();
        child.Extents.Inherit(parent.Extents);
        Assert.That((parent.Slots[FirstSlot + index].ReadOnly, child.Slots[FirstSlot + index].ReadOnly), Is.EqualTo((false, true)));
        Assert.That((parent.Control.Extents[index].Exclusive, child.Control.Extents[index].Exclusive), Is.EqualTo((0u, 0u)));
        Assert.That((child.Extents.HeldBytes, child.Extents.ChargedBytes), Is.EqualTo((Piece, 0L)), "it is charged once");
    }

    [Test]
    public void When_the_child_is_gone_its_parent_may_write_again_and_the_child_never()
    {
        int index = parent.Extents.Open();
        child.Extents.Inherit(parent.Extents);
        third.Extents.Inherit(parent.Extents);
        child.Extents.ReleaseAll();
        Assert.That(parent.Control.Extents[index].Exclusive, Is.Zero, "another child reads it");
        third.Extents.ReleaseAll();
        Assert.That(parent.Control.Extents[index].Exclusive, Is.EqualTo(1));

        child.Extents.Inherit(parent.Extents);
        parent.Extents.ReleaseAll();
        Assert.That(child.Control.Extents[index].Exclusive, Is.Zero, "it is alone, but its slot is for reading");
        Assert.That((child.Extents.ChargedBytes, parent.Extents.ChargedBytes, parent.Extents.HeldBytes), Is.EqualTo((Piece, 0L, 0L)), "the heir pays");
    }

    [Test]
    public void Memory_that_nobody_holds_is_seen_by_no_machine()
    {
        int index = parent.Extents.Open();
        child.Extents.Inherit(parent.Extents);
        child.Extents.ReleaseAll();
        Assert.That(child.Slots, Contains.Key(FirstSlot + index), "the next child will want it");
        parent.Extents.ReleaseAll();
        Assert.That((child.Slots.Count, parent.Slots.Count), Is.EqualTo((0, 0)));
    }

    [Test]
    public void A_machine_that_is_gone_shows_and_holds_nothing()
    {
        parent.Extents.Open();
        child.Extents.Inherit(parent.Extents);
        child.Extents.ReleaseAll();
        child.Dispose();
        third.Extents.Inherit(parent.Extents);
        third.Dispose();
        Assert.That(() => parent.Extents.ReleaseAll(), Throws.Nothing);
        Assert.That(parent.Slots, Is.Empty);
    }

    [Test]
    public void A_machine_that_still_shows_an_extent_for_reading_does_not_show_it_anew()
    {
        int index = parent.Extents.Open();
        child.Extents.Inherit(parent.Extents);
        child.Extents.ReleaseAll();
        int other = parent.Extents.Open();
        child.Extents.Inherit(parent.Extents);
        Assert.That(child.Slots.Keys, Is.EquivalentTo(new[] { FirstSlot + index, FirstSlot + other }));
    }

    [Test]
    public void What_the_last_process_held_and_the_next_does_not_is_hidden()
    {
        int index = third.Extents.Open();
        child.Extents.Inherit(third.Extents);
        child.Extents.ReleaseAll();
        child.Extents.Inherit(parent.Extents);
        Assert.That((index, child.Slots.Count), Is.EqualTo((0, 0)));
    }

    [Test]
    public void A_vfork_child_has_its_parents_memory_itself_and_gives_it_back_with_what_it_added()
    {
        int index = parent.Extents.Open();
        child.Extents.Borrow(parent.Extents);
        Assert.That((parent.Extents.HeldBytes, child.Extents.HeldBytes, child.Slots[FirstSlot + index].ReadOnly), Is.EqualTo((0L, Piece, false)));
        int added = child.Extents.Open();
        child.Extents.GiveBack(parent.Extents);
        Assert.That((parent.Extents.HeldBytes, parent.Extents.ChargedBytes, child.Extents.HeldBytes, child.Slots.Count), Is.EqualTo((2 * Piece, 2 * Piece, 0L, 0)));
        Assert.That(parent.Slots.Keys, Is.EquivalentTo(new[] { FirstSlot + index, FirstSlot + added }));
    }

    [Test]
    public void A_closed_extent_is_nobodys_and_is_not_closed_twice()
    {
        int index = parent.Extents.Open();
        Assert.That((parent.Extents.Close((ulong)index), parent.Extents.Close((ulong)index)), Is.EqualTo((true, false)));
        Assert.That((parent.Slots.Count, parent.Extents.HeldBytes, parent.Control.Extents[index].End), Is.EqualTo((0, 0L, 0ul)));
    }

    [TestCase((ulong)GuestLayout.Extents)]
    [TestCase(ulong.MaxValue)]
    [TestCase(0ul)]
    public void What_is_not_held_is_not_closed(ulong index) => Assert.That(parent.Extents.Close(index), Is.False);

    [Test]
    public void Only_what_the_process_holds_is_reached_and_only_inside()
    {
        int index = parent.Extents.Open();
        ulong start = parent.Control.Extents[index].Start;
        Assert.Multiple(() =>
        {
            Assert.That(parent.Extents.At(start, 8), Is.Not.Null);
            Assert.That(parent.Extents.At(start + (ulong)Piece - 8, 8), Is.Not.Null);
            Assert.That(parent.Extents.At(start + (ulong)Piece - 7, 8), Is.Null);
            Assert.That(parent.Extents.At(start - 1, 8), Is.Null);
            Assert.That(child.Extents.At(start, 8), Is.Null);
        });
        parent.Extents.ReleaseAll();
        Assert.That(parent.Extents.At(start, 8), Is.Null);
    }

    [Test]
    public void There_are_as_many_as_the_control_page_has_room_for()
    {
        for (int i = 0; i < GuestLayout.Extents; i++)
        {
            Assert.That(parent.Extents.Open(), Is.EqualTo(i));
        }

        Assert.That(parent.Extents.Open(), Is.EqualTo(-1));
    }
}
