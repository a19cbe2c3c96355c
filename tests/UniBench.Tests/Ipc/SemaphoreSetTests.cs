using System.Runtime.InteropServices;
using NUnit.Framework;
using UniBench.Host;
using UniBench.Monitor.Ipc;
using UniBench.Monitor.Memory;
using UniBench.Tests.Processes;

namespace UniBench.Tests.Ipc;

[TestFixture]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class SemaphoreSetTests
{
    private const short Undo = 0x1000, NoWait = 0x800;
    private readonly FamilyBudget budget = new(1000, 0, 0);
    private readonly SemaphoreSet set;

    public SemaphoreSetTests()
    {
        Assert.That(budget.TryTake(SemaphoreSet.BytesFor(3)));
        set = new SemaphoreSet(1, new IpcCaller(1, Users.Of(0)), 0x1b6, 3, budget);
    }

    [Test]
    public void All_operations_are_done_or_none()
    {
        Assert.That(set.Try([Op(0, 2), Op(1, 1)], 7), Is.Zero);
        Assert.That(set.Try([Op(0, -1), Op(1, -2)], 8), Is.Null);
        Assert.That((set[0], set[1], set.LastPid(0)), Is.EqualTo((2, 1, 7)));
        Assert.That(set.Try([Op(0, -1), Op(1, -1)], 8), Is.Zero);
        Assert.That((set[0], set[1], set.LastPid(0), set.LastPid(2)), Is.EqualTo((1, 0, 8, 0)));
    }

    [Test]
    public void Operations_on_one_semaphore_see_what_those_before_them_did()
    {
        Assert.That(set.Try([Op(0, 1), Op(0, -1), Op(0, 0)], 7), Is.Zero);
        Assert.That(set.Try([Op(0, 1), Op(0, 0)], 7), Is.Null);
        Assert.That(set[0], Is.Zero);
    }

    [Test]
    public void The_operation_that_cannot_be_done_says_whether_to_wait()
    {
        Assert.That(set.Try([Op(0, 1), Op(1, -1, NoWait)], 7), Is.EqualTo(-Errno.EAGAIN));
        Assert.That(set.Try([Op(0, 1, NoWait), Op(1, -1)], 7), Is.Null);
    }

    [Test]
    public void A_value_beyond_the_limit_is_refused_and_nothing_is_changed()
    {
        set.Set(1, SemaphoreSet.ValueLimit, 7);
        Assert.That(set.Try([Op(0, 5), Op(1, 1)], 7), Is.EqualTo(-Errno.ERANGE));
        Assert.That((set[0], set[1]), Is.EqualTo((0, SemaphoreSet.ValueLimit)));
    }

    [Test]
    public void What_makes_the_operations_of_sleepers_possible_carries_them_out_in_their_order()
    {
        SemaphoreWaiter first = Join(1, Op(0, -2)), second = Join(2, Op(0, -1)), third = Join(3, Op(0, -1));
        set.Set(0, 2, 9);
        set.Advance();
        Assert.That((first.Result, second.Result, third.Result, set[0]), Is.EqualTo((0L, (long?)null, (long?)null, 0)));
        Assert.That((Wakes(first), Wakes(second)), Is.EqualTo((1, 0)));
    }

    [Test]
    public void One_that_cannot_go_on_is_not_in_the_way_of_a_later_one_that_can()
    {
        SemaphoreWaiter large = Join(1, Op(0, -5)), small = Join(2, Op(0, -1));
        set.Set(0, 1, 9);
        set.Advance();
        Assert.That((large.Result, small.Result), Is.EqualTo(((long?)null, 0L)));
    }

    [Test]
    public void A_sleeper_that_went_on_lets_those_before_it_go_on()
    {
        SemaphoreWaiter first = Join(1, Op(1, -1)), second = Join(2, Op(0, -1), Op(1, 1));
        set.Set(0, 1, 9);
        set.Advance();
        Assert.That((first.Result, second.Result), Is.EqualTo((0L, 0L)));
    }

    [Test]
    public void Who_gave_up_takes_nothing()
    {
        SemaphoreWaiter gone = Join(1, Op(0, -1)), next = Join(2, Op(0, -1));
        set.Leave(gone);
        set.Set(0, 1, 9);
        set.Advance();
        Assert.That((gone.Result, next.Result), Is.EqualTo(((long?)null, 0L)));
    }

    [Test]
    public void Who_goes_on_by_itself_lets_others_go_on_after_it()
    {
        SemaphoreWaiter sleeper = Join(1, Op(0, -1)), own = new(new FakeMember(2), [Op(0, 1)]);
        Assert.That(set.TryNow(own), Is.Zero);
        Assert.That((sleeper.Result, set[0]), Is.EqualTo((0L, 0)));
    }

    [Test]
    public void Waiters_are_counted_by_the_operation_that_stops_them()
    {
        set.Set(1, 1, 9);
        Join(1, Op(1, -1), Op(0, -1));
        Join(2, Op(1, 0));
        Assert.That((set.Waiting(0, forZero: false), set.Waiting(1, forZero: false), set.Waiting(1, forZero: true)), Is.EqualTo((1, 0, 1)));
    }

    [Test]
    public void The_end_of_a_process_takes_back_what_it_said_to_take_back()
    {
        set.Set(0, 3, 9);
        Assert.That(set.Try([Op(0, -2, Undo), Op(1, 4)], 7), Is.Zero);
        Assert.That(set.Try([Op(0, 1)], 8), Is.Zero);
        SemaphoreWaiter waiter = Join(2, Op(0, -4));
        set.Undo(7);
        Assert.That((waiter.Result, set[0], set[1]), Is.EqualTo((0L, 0, 4)));
        set.Undo(7);
        Assert.That(set[0], Is.Zero, "once");
    }

    [Test]
    public void What_is_taken_back_never_makes_a_value_impossible()
    {
        Assert.That(set.Try([Op(0, 2, Undo)], 7), Is.Zero);
        Assert.That(set.Try([Op(0, -1)], 8), Is.Zero);
        set.Undo(7);
        Assert.That(set[0], Is.Zero);
    }

    [Test]
    public void A_value_that_was_set_is_not_taken_back()
    {
        Assert.That(set.Try([Op(0, 2, Undo)], 7), Is.Zero);
        set.Set(0, 5, 8);
        set.Undo(7);
        Assert.That(set[0], Is.EqualTo(5));
    }

    [Test]
    public void Taking_back_is_paid_for_while_the_process_lives_and_refused_beyond_the_budget()
    {
        Assert.That(set.Try([Op(0, 1, Undo)], 7), Is.Zero);
        long left = 1000 - SemaphoreSet.BytesFor(3) - (3 * sizeof(int));
        Assert.That(budget.TryTake(left + 1), Is.False);
        Assert.That(budget.TryTake(left));
        Assert.That(set.Try([Op(0, 1, Undo)], 8), Is.EqualTo(-Errno.ENOMEM));
        Assert.That(set.Try([Op(0, 1)], 8), Is.Zero);
        set.Undo(7);
        Assert.That(set.Try([Op(0, 1, Undo)], 8), Is.Zero);
    }

    [Test]
    public void Removal_ends_all_waits_and_gives_everything_back()
    {
        Assert.That(set.Try([Op(0, 1, Undo)], 7), Is.Zero);
        SemaphoreWaiter first = Join(1, Op(1, -1)), second = Join(2, Op(0, 0));
        set.Release();
        Assert.That((first.Result, second.Result, Wakes(first), Wakes(second)), Is.EqualTo((-Errno.EIDRM, -Errno.EIDRM, 1, 1)));
        set.Undo(7);
        Assert.That(budget.TryTake(1000));
    }

    private static SemaphoreOperation Op(ushort number, short change, short flags = 0) => MemoryMarshal.Read<SemaphoreOperation>(MemoryMarshal.AsBytes<short>([(short)number, change, flags]));

    private SemaphoreWaiter Join(int pid, params SemaphoreOperation[] operations)
    {
        SemaphoreWaiter waiter = new(new FakeMember(pid), operations);
        Assert.That(set.TryNow(waiter), Is.Null);
        set.Join(waiter);
        return waiter;
    }

    private static int Wakes(SemaphoreWaiter waiter) => ((FakeMember)waiter.Process).Wakes;
}
