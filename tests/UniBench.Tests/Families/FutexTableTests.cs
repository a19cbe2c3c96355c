using NUnit.Framework;
using UniBench.Monitor.Families;
using UniBench.Monitor.Segments;
using UniBench.Tests.Processes;

namespace UniBench.Tests.Families;

[TestFixture]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class FutexTableTests
{
    private const uint Any = uint.MaxValue;
    private static readonly FutexKey Word = new(1, 2, 64), Elsewhere = new(1, 2, 68);
    private readonly FutexTable table = new();

    [Test]
    public void Who_came_first_is_woken_first_and_nobody_more_than_was_asked_for()
    {
        FutexWaiter first = Wait(1), second = Wait(2), third = Wait(3);
        Assert.That(Wake(2), Is.EqualTo(2));
        Assert.That((first.IsWoken, second.IsWoken, third.IsWoken), Is.EqualTo((true, true, false)));
        Assert.That((Wakes(first), Wakes(second), Wakes(third)), Is.EqualTo((1, 1, 0)));
    }

    [Test]
    public void Who_was_woken_is_not_woken_again()
    {
        FutexWaiter only = Wait(1);
        Assert.That((Wake(1), Wake(1), Wakes(only)), Is.EqualTo((1, 0, 1)));
    }

    [Test]
    public void A_word_that_has_changed_is_not_waited_for()
    {
        Assert.That(table.TryWait(Word, new FakeMember(1), Any, () => false, out FutexWaiter? waiter), Is.False);
        Assert.That((waiter, Wake(1)), Is.EqualTo(((FutexWaiter?)null, 0)));
    }

    [Test]
    public void Who_wakes_while_the_word_is_read_finds_the_waiter()
    {
        long woken = -1;
        Thread waker = new(() => woken = Wake(1)) { IsBackground = true };
        Assert.That(table.TryWait(Word, new FakeMember(1), Any, ReadSlowly, out _));
        waker.Join();
        Assert.That(woken, Is.EqualTo(1));

        // Until the waker waits for the table, or has been through it.
        bool ReadSlowly()
        {
            waker.Start();
            return SpinWait.SpinUntil(() => (waker.ThreadState & (ThreadState.WaitSleepJoin | ThreadState.Stopped)) != 0, -1);
        }
    }

    [Test]
    public void Another_word_wakes_nobody()
    {
        FutexWaiter here = Wait(1);
        Assert.That(table.Wake(Elsewhere, 1, Any, 0, null), Is.Zero);
        Assert.That(table.Wake(Word with { Device = 9 }, 1, Any, 0, null), Is.Zero);
        Assert.That(here.IsWoken, Is.False);
    }

    [Test]
    public void Only_those_whose_bits_were_named_are_woken()
    {
        FutexWaiter even = Wait(1, 0b01), odd = Wait(2, 0b10);
        Assert.That(table.Wake(Word, 5, 0b10, 0, null), Is.EqualTo(1));
        Assert.That((even.IsWoken, odd.IsWoken), Is.EqualTo((false, true)));
    }

    [Test]
    public void Those_beyond_the_count_are_moved_and_are_found_at_the_other_word_alone()
    {
        FutexWaiter first = Wait(1), second = Wait(2), third = Wait(3), fourth = Wait(4);
        Assert.That(table.Wake(Word, 1, Any, 2, Elsewhere), Is.EqualTo(3), "one woken, two moved");
        Assert.That((Wakes(first), Wakes(second), Wakes(third)), Is.EqualTo((1, 0, 0)));
        Assert.That(table.Wake(Elsewhere, 1, Any, 0, null), Is.EqualTo(1));
        Assert.That(second.IsWoken, Is.True, "the order is kept");
        Assert.That(Wake(9), Is.EqualTo(1));
        Assert.That((third.IsWoken, fourth.IsWoken), Is.EqualTo((false, true)));
    }

    [Test]
    public void Who_gives_up_after_it_was_moved_leaves_the_queue_that_it_is_in()
    {
        FutexWaiter moved = Wait(1);
        table.Wake(Word, 0, Any, 1, Elsewhere);
        table.Leave(moved);
        Assert.That((table.Wake(Elsewhere, 1, Any, 0, null), moved.IsWoken), Is.EqualTo((0, false)));
    }

    [Test]
    public void Who_gave_up_takes_no_wake_from_the_next()
    {
        FutexWaiter first = Wait(1), second = Wait(2);
        table.Leave(first);
        Assert.That((Wake(1), first.IsWoken, second.IsWoken), Is.EqualTo((1, false, true)));
    }

    private FutexWaiter Wait(int pid, uint bits = Any) =>
        table.TryWait(Word, new FakeMember(pid), bits, () => true, out FutexWaiter? waiter) ? waiter! : throw new InvalidOperationException("nobody waits");

    private long Wake(long count) => table.Wake(Word, count, Any, 0, null);

    private static int Wakes(FutexWaiter waiter) => ((FakeMember)waiter.Process).Wakes;
}
