using NUnit.Framework;
using UniBench.Host;
using UniBench.Monitor.Abi;
using UniBench.Monitor.Machines;
using UniBench.Monitor.Memory;
using UniBench.Monitor.Segments;

namespace UniBench.Tests.Machines;

[TestFixture]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class WindowTests : IDisposable
{
    private const int MemorySlots = 64;
    private readonly SegmentTable segments = new(ofFiles: false);
    private readonly FamilyBudget budget = new(0, 64, 0);
    private readonly ExtentArena arena = new(ofFiles: false);
    private readonly FakeMachine machine, child;
    private readonly HostMapping file = HostMapping.Anonymous(2 * GuestLayout.SegmentBytes);
    private readonly MappedFile mapped;

    public WindowTests()
    {
        (machine, child) = (new FakeMachine(arena, 0), new FakeMachine(arena, 1));
        mapped = new MappedFile(default, 0, file, isWritable: false, null);
    }

    private Window Window => machine.Window;

    public void Dispose()
    {
        machine.Dispose();
        child.Dispose();
        mapped.Dispose();
        arena.Dispose();
        segments.Dispose();
    }

    [Test]
    public void A_process_sees_a_ring_where_it_is_shown_until_it_is_hidden()
    {
        Ring ring = Pipe();
        Window.Show(3, ring);
        Assert.That((Window.At(3), Window.SlotOf(ring)), Is.EqualTo((ring, 3)));
        Assert.That(machine.Slots[MemorySlots + 3], Is.EqualTo((GuestLayout.GpaWindow + (3ul * GuestLayout.SegmentBytes), ring.Backing, false)));
        Window.Hide(3);
        Assert.That((Window.At(3), Window.SlotOf(ring), machine.Slots.Count), Is.EqualTo(((Segment?)null, -1, 0)));
    }

    [TestCase(512ul)]
    [TestCase(ulong.MaxValue)]
    public void Slots_that_there_are_not_have_nothing(ulong slot) => Assert.That(Window.At(slot), Is.Null);

    [Test]
    public void Read_only_memory_of_a_file_stays_hidden_in_its_place_and_is_found_there_again()
    {
        Show(5, 6);
        Window.Hide(5);
        Window.Hide(6);
        Assert.That((Window.At(5), machine.Slots.Count, mapped.IsHeld), Is.EqualTo(((Segment?)null, 2, true)), "to the process it is gone");
        Assert.That(Window.FreeFor(mapped.Pieces), Is.EqualTo(5));
        Window.Leave();
        Assert.That((machine.Slots.Count, mapped.IsHeld), Is.EqualTo((0, false)));
    }

    [Test]
    public void A_file_that_the_process_still_sees_gets_another_place()
    {
        Show(5, 6);
        Window.Hide(5);
        Assert.That(Window.FreeFor(mapped.Pieces), Is.Zero);
    }

    [Test]
    public void A_place_that_is_needed_is_taken_from_a_file_nobody_sees()
    {
        Show(0, 1);
        Window.HideAll();
        Ring ring = Pipe();
        Window.Show(0, ring);
        Assert.That((Window.At(0), machine.Slots[MemorySlots].Memory), Is.EqualTo((ring, ring.Backing)));
    }

    [Test]
    public void Free_places_are_adjacent_and_seen_by_nobody()
    {
        Window.Show(0, Pipe());
        Window.Show(2, Pipe());
        Assert.That((Window.Free(1), Window.Free(2), Window.Free(GuestLayout.WindowSlots)), Is.EqualTo((1, 3, -1)));
    }

    [Test]
    public void Old_files_make_room_before_places_run_out()
    {
        Show(0, 1);
        Window.HideAll();
        Assert.That(Window.Free(1), Is.EqualTo(2), "there is room elsewhere");
        Assert.That(Window.Free(GuestLayout.WindowSlots), Is.Zero);
    }

    [Test]
    public void A_child_sees_what_its_parent_sees_and_nothing_else()
    {
        Ring shared = Pipe(), own = Pipe();
        Window.Show(1, shared);
        child.Window.Show(4, own);
        child.Window.Show(1, own);
        child.Window.Copy(Window);
        Assert.That(child.Window.Visible(), Is.EqualTo(new[] { (1, (Segment)shared) }));
        Assert.That(child.Slots.Keys, Is.EqualTo(new[] { MemorySlots + 1 }));
    }

    private Ring Pipe() => segments.CreateRing(budget)!;

    private void Show(int first, int second)
    {
        Window.Show(first, mapped.Pieces[0]);
        Window.Show(second, mapped.Pieces[1]);
    }
}
