using NUnit.Framework;
using UniBench.Monitor.Files;

namespace UniBench.Tests.Processes;

[TestFixture]
internal sealed class RecordLocksTests
{
    private static readonly (ulong Device, ulong Inode) File = (1, 2);
    private readonly RecordLocks locks = new();

    [TearDown]
    public void ReleaseAll()
    {
        locks.Release(1, null);
        locks.Release(2, null);
        locks.WaitIsOver(1);
        locks.WaitIsOver(2);
    }

    [Test]
    public void Readers_share_a_range_and_a_writer_excludes_everybody_else()
    {
        locks.Set(File, new RecordLock(1, false, 0, 10), unlock: false);
        Assert.Multiple(() =>
        {
            Assert.That(locks.Conflict(File, new RecordLock(2, false, 0, 10)), Is.Null);
            Assert.That(locks.Conflict(File, new RecordLock(2, true, 9, 20))?.Pid, Is.EqualTo(1));
            Assert.That(locks.Conflict(File, new RecordLock(2, true, 10, 20)), Is.Null);
            Assert.That(locks.Conflict(File, new RecordLock(1, true, 0, 10)), Is.Null, "its own lock is in nobody's way");
            Assert.That(locks.Conflict((1, 3), new RecordLock(2, true, 0, 10)), Is.Null, "another file");
        });
    }

    [Test]
    public void Unlocking_the_middle_of_a_range_leaves_both_ends_locked()
    {
        locks.Set(File, new RecordLock(1, true, 0, long.MaxValue), unlock: false);
        locks.Set(File, new RecordLock(1, true, 10, 20), unlock: true);
        Assert.Multiple(() =>
        {
            Assert.That(locks.Conflict(File, new RecordLock(2, false, 0, 10)), Is.Not.Null);
            Assert.That(locks.Conflict(File, new RecordLock(2, false, 10, 20)), Is.Null);
            Assert.That(locks.Conflict(File, new RecordLock(2, false, 20, 21)), Is.EqualTo(new RecordLock(1, true, 20, long.MaxValue)));
        });
    }

    [Test]
    public void A_lock_is_changed_from_reading_to_writing_in_part()
    {
        locks.Set(File, new RecordLock(1, false, 0, 30), unlock: false);
        locks.Set(File, new RecordLock(1, true, 10, 20), unlock: false);
        Assert.Multiple(() =>
        {
            Assert.That(locks.Conflict(File, new RecordLock(2, false, 0, 10)), Is.Null);
            Assert.That(locks.Conflict(File, new RecordLock(2, false, 15, 16))?.IsWrite, Is.True);
            Assert.That(locks.Conflict(File, new RecordLock(2, true, 25, 26))?.IsWrite, Is.False);
        });
    }

    [Test]
    public void The_end_of_a_process_releases_what_it_held_and_says_whether_that_was_anything()
    {
        locks.Set(File, new RecordLock(1, true, 0, 1), unlock: false);
        Assert.Multiple(() =>
        {
            Assert.That(locks.Release(2, null), Is.False);
            Assert.That(locks.Release(1, (1, 9)), Is.False);
            Assert.That(locks.Release(1, File), Is.True);
            Assert.That(locks.Conflict(File, new RecordLock(2, true, 0, 1)), Is.Null);
        });
    }

    [Test]
    public void Waiting_in_a_circle_is_a_deadlock()
    {
        Assert.Multiple(() =>
        {
            Assert.That(locks.Wait(1, Wanted(1), Wanted(2)), Is.True);
            Assert.That(locks.Wait(2, Wanted(2), Wanted(3)), Is.True);
            Assert.That(locks.Wait(3, Wanted(3), Wanted(1)), Is.False);
            Assert.That(locks.Waiting, Is.EquivalentTo(new[] { 1, 2 }));
        });
    }

    [Test]
    public void Waiting_for_a_lock_of_an_open_file_is_never_a_deadlock()
    {
        Assert.Multiple(() =>
        {
            Assert.That(locks.Wait(1, Wanted(-5), Wanted(2)), Is.True);
            Assert.That(locks.Wait(2, Wanted(2), Wanted(1)), Is.True);
        });
    }

    [Test]
    public void Locks_of_one_kind_that_touch_are_one_and_an_owners_lie_in_the_order_of_the_file()
    {
        locks.Set(File, new RecordLock(1, true, 20, 30), unlock: false);
        locks.Set(File, new RecordLock(1, false, 0, 5), unlock: false);
        locks.Set(File, new RecordLock(1, true, 30, 40), unlock: false);
        Assert.Multiple(() =>
        {
            Assert.That(locks.Conflict(File, new RecordLock(2, true, 0, 100)), Is.EqualTo(new RecordLock(1, false, 0, 5)));
            Assert.That(locks.Conflict(File, new RecordLock(2, true, 25, 26)), Is.EqualTo(new RecordLock(1, true, 20, 40)));
        });
    }

    [Test]
    public void An_open_file_has_locks_of_its_own_beside_a_process_and_tells_no_pid()
    {
        locks.Set(File, new RecordLock(-3, true, 0, 10), unlock: false);
        Assert.Multiple(() =>
        {
            Assert.That(locks.Conflict(File, new RecordLock(1, false, 0, 1))?.Pid, Is.EqualTo(-1));
            Assert.That(locks.Conflict(File, new RecordLock(-3, false, 0, 1)), Is.Null);
            Assert.That(locks.Release(-3, null), Is.True);
        });
    }

    private static RecordLock Wanted(long owner) => new(owner, true, 0, 1);
}
