using NUnit.Framework;
using UniBench.Host;
using UniBench.Monitor.Processes;
using UniBench.Workloads;

namespace UniBench.Tests.Processes;

[TestFixture]
internal sealed class ProcessTableTests
{
    private const int Exited = 4;
    private const int Stopped = 2;
    private const int Continued = 8;
    private const int NoWait = 0x01000000;

    private static ProcessEntry? Fork(ProcessTable table, ProcessEntry caller) => table.Fork(caller, isSibling: false, wanted: 0, out _);

    [Test]
    public void A_child_is_a_zombie_until_its_parent_waits()
    {
        ProcessTable table = new(10);
        ProcessEntry parent = table.AddFirst(null)!, child = Fork(table, parent)!;
        table.Exit(child, ExitStatus.Exited(7), new ProcessUsage(10, 20, 30), reap: false);
        Assert.That(table.Find(child.Pid)!.State, Is.EqualTo(ProcessState.Zombie));
        WaitReport report = table.Wait(parent, WaitTarget.Any, 0, Exited, out _)!.Value;
        Assert.That(report, Is.EqualTo(new WaitReport(child.Pid, child.Credentials.Users.Real, 1, 7, 7 << 8, new ProcessUsage(10, 20, 30))));
        Assert.That(table.Find(child.Pid), Is.Null);
        Assert.That(parent.ChildrenUsage, Is.EqualTo(new ProcessUsage(10, 20, 30)));
    }

    [Test]
    public void Orphans_go_to_the_nearest_living_ancestor_that_adopts_them_zombies_too()
    {
        ProcessTable table = new(10);
        ProcessEntry far = table.AddFirst(null)!, near = Fork(table, far)!, parent = Fork(table, near)!, orphan = Fork(table, parent)!, ended = Fork(table, parent)!;
        table.Exit(ended, ExitStatus.Exited(3), default, reap: false, IsSubreaper);
        IReadOnlyList<ProcessEntry> orphans = table.Exit(parent, ExitStatus.Exited(0), default, reap: false, IsSubreaper);
        Assert.That(orphans, Is.EquivalentTo((ProcessEntry[])[orphan, ended]));
        Assert.That((orphan.Parent, ended.Parent, near.Zombies), Is.EqualTo((near.Pid, near.Pid, 2)));
        Assert.That(table.Wait(near, WaitTarget.Pid, ended.Pid, Exited, out _)!.Value.SignalStatus, Is.EqualTo(3));
        table.Exit(near, ExitStatus.Exited(0), default, reap: false, IsSubreaper);
        Assert.That(orphan.Parent, Is.EqualTo(far.Pid));

        bool IsSubreaper(ProcessEntry entry) => entry == far || entry == near;
    }

    [Test]
    public void WNOWAIT_leaves_the_zombie_for_the_next_wait()
    {
        ProcessTable table = new(10);
        ProcessEntry parent = table.AddFirst(null)!, child = Fork(table, parent)!;
        table.Exit(child, ExitStatus.Killed(9), default, reap: false);
        Assert.That(table.Wait(parent, WaitTarget.Any, 0, Exited | NoWait, out _)!.Value.Code, Is.EqualTo(2));
        Assert.That(table.Wait(parent, WaitTarget.Pid, child.Pid, Exited, out _)!.Value.Word, Is.EqualTo(9));
        Assert.That(table.Wait(parent, WaitTarget.Any, 0, Exited, out bool any), Is.Null);
        Assert.That(any, Is.False);
    }

    [Test]
    public void A_parent_has_as_many_zombies_as_it_could_wait_for()
    {
        ProcessTable table = new(10);
        ProcessEntry parent = table.AddFirst(null)!, first = Fork(table, parent)!, second = Fork(table, parent)!, ignored = Fork(table, parent)!;
        table.Exit(first, ExitStatus.Exited(0), default, reap: false);
        table.Exit(second, ExitStatus.Exited(0), default, reap: false);
        table.Exit(ignored, ExitStatus.Exited(0), default, reap: true);
        Assert.That(parent.Zombies, Is.EqualTo(2));
        table.Wait(parent, WaitTarget.Any, 0, Exited | NoWait, out _);
        Assert.That(parent.Zombies, Is.EqualTo(2), "WNOWAIT leaves them");
        table.Wait(parent, WaitTarget.Pid, second.Pid, Exited, out _);
        Assert.That(parent.Zombies, Is.EqualTo(1));
    }

    [Test]
    public void Orphans_go_to_init_and_orphaned_zombies_vanish()
    {
        ProcessTable table = new(10);
        ProcessEntry first = table.AddFirst(null)!, middle = Fork(table, first)!, living = Fork(table, middle)!, dead = Fork(table, middle)!;
        table.Exit(dead, ExitStatus.Exited(0), default, reap: false);
        IReadOnlyList<ProcessEntry> orphans = table.Exit(middle, ExitStatus.Exited(0), default, reap: false);
        Assert.That(orphans, Is.EqualTo(new[] { living }));
        Assert.That(living.Parent, Is.EqualTo(ProcessTable.InitPid));
        Assert.That(table.Find(dead.Pid), Is.Null);
        table.Exit(living, ExitStatus.Exited(0), default, reap: false);
        Assert.That(table.Find(living.Pid), Is.Null, "init reaps at once");
    }

    [Test]
    public void A_parent_that_ignores_SIGCHLD_leaves_no_zombies()
    {
        ProcessTable table = new(10);
        ProcessEntry parent = table.AddFirst(null)!, child = Fork(table, parent)!;
        table.Exit(child, ExitStatus.Exited(0), default, reap: true);
        Assert.That(table.Wait(parent, WaitTarget.Any, 0, Exited, out bool any), Is.Null);
        Assert.That(any, Is.False);
    }

    [Test]
    public void Stops_and_continuations_are_reported_once_to_those_who_ask()
    {
        ProcessTable table = new(10);
        ProcessEntry parent = table.AddFirst(null)!, child = Fork(table, parent)!;
        ProcessTable.Stop(child, 19);
        Assert.That(table.Wait(parent, WaitTarget.Any, 0, Exited, out _), Is.Null);
        Assert.That(table.Wait(parent, WaitTarget.Any, 0, Exited | Stopped, out _)!.Value.Word, Is.EqualTo(0x137f));
        Assert.That(table.Wait(parent, WaitTarget.Any, 0, Exited | Stopped, out _), Is.Null);
        ProcessTable.Continue(child);
        Assert.That(table.Wait(parent, WaitTarget.Any, 0, Continued, out _)!.Value.Word, Is.EqualTo(0xffff));
        Assert.That(table.Wait(parent, WaitTarget.Any, 0, Continued, out _), Is.Null);
    }

    [Test]
    public void Groups_and_sessions_follow_POSIX()
    {
        ProcessTable table = new(10);
        ProcessEntry leader = table.AddFirst(null)!, child = Fork(table, leader)!, other = Fork(table, leader)!;
        Assert.That(child.Group, Is.EqualTo(leader.Group));
        Assert.That(table.SetGroup(leader, child.Pid, 0), Is.Zero);
        Assert.That(child.Group, Is.EqualTo(child.Pid));
        Assert.That(table.SetGroup(leader, other.Pid, child.Pid), Is.Zero);
        Assert.That(table.SetGroup(leader, other.Pid, 999), Is.EqualTo(-Errno.EPERM), "no such group");
        Assert.That(table.SetGroup(child, leader.Pid, 0), Is.EqualTo(-Errno.ESRCH), "not a child");
        Assert.That(table.SetGroup(leader, 0, 0), Is.EqualTo(-Errno.EPERM), "a session leader");
        other.HasExecuted = true;
        Assert.That(table.SetGroup(leader, other.Pid, 0), Is.EqualTo(-Errno.EACCES), "it has executed a program");
        Assert.That(table.NewSession(child), Is.EqualTo(-Errno.EPERM), "a group leader");
        ProcessEntry fresh = Fork(table, leader)!;
        Assert.That(table.NewSession(fresh), Is.EqualTo(fresh.Pid));
        Assert.That((fresh.Group, fresh.Session), Is.EqualTo((fresh.Pid, fresh.Pid)));
    }

    [Test]
    public void Beyond_the_limit_there_is_no_child_and_undoing_one_makes_room()
    {
        ProcessTable table = new(2);
        ProcessEntry first = table.AddFirst(null)!, child = Fork(table, first)!;
        Assert.That(Fork(table, first), Is.Null);
        table.Undo(child);
        Assert.That(first.Children, Is.Empty);
        Assert.That(Fork(table, first), Is.Not.Null);
    }

    [Test]
    public void The_invariants_hold_after_any_sequence_of_operations()
    {
        Random random = new(4711);
        ProcessTable table = new(200);
        ProcessEntry root = table.AddFirst(null)!;
        for (int step = 0; step < 20_000; step++)
        {
            ProcessEntry[] living = [.. table.Entries.Where(e => e.State != ProcessState.Zombie)];
            ProcessEntry some = living[random.Next(living.Length)];
            switch (random.Next(5))
            {
                case 0 or 1:
                    _ = Fork(table, some);
                    break;
                case 2 when some != root:
                    table.Exit(some, ExitStatus.Exited(1), default, random.Next(4) == 0);
                    break;
                case 3:
                    _ = table.Wait(some, WaitTarget.Any, 0, Exited | Stopped | Continued, out _);
                    break;
                default:
                    _ = table.SetGroup(some, 0, 0);
                    break;
            }

            foreach (ProcessEntry entry in table.Entries)
            {
                Assert.That(entry.State != ProcessState.Zombie || entry.Children.Count == 0, "a zombie has no children");
                Assert.That(entry.Parent == ProcessTable.InitPid || table.Find(entry.Parent)!.Children.Contains(entry), "a parent knows its child");
                Assert.That(entry.Children.TrueForAll(c => c.Parent == entry.Pid && table.Find(c.Pid) == c), "a child knows its parent");
            }
        }
    }

    [Test]
    public void A_sibling_is_the_child_of_its_makers_parent()
    {
        ProcessTable table = new(10);
        ProcessEntry first = table.AddFirst(null)!, maker = Fork(table, first)!;
        ProcessEntry sibling = table.Fork(maker, isSibling: true, wanted: 0, out _)!;
        table.Exit(sibling, ExitStatus.Exited(3), default, reap: false);
        Assert.Multiple(() =>
        {
            Assert.That(sibling.Parent, Is.EqualTo(first.Pid));
            Assert.That(table.Wait(maker, WaitTarget.Any, 0, 4, out bool makerHasAny), Is.Null);
            Assert.That(makerHasAny, Is.False);
            Assert.That(table.Wait(first, WaitTarget.Pid, sibling.Pid, 4, out _)?.SignalStatus, Is.EqualTo(3));
        });
    }

    [Test]
    public void A_child_gets_the_number_that_is_asked_for_if_nobody_has_it()
    {
        ProcessTable table = new(10);
        ProcessEntry first = table.AddFirst(null)!;
        ProcessEntry? asked = table.Fork(first, false, 77, out int ok), taken = table.Fork(first, false, 77, out int exists), beyond = table.Fork(first, false, int.MaxValue, out int invalid);
        Assert.Multiple(() =>
        {
            Assert.That((asked?.Pid, ok), Is.EqualTo((77, 0)));
            Assert.That((taken, exists), Is.EqualTo(((ProcessEntry?)null, UniBench.Host.Errno.EEXIST)));
            Assert.That((beyond, invalid), Is.EqualTo(((ProcessEntry?)null, UniBench.Host.Errno.EINVAL)));
        });
    }

    [Test]
    public void A_core_is_in_the_status_word_and_in_the_code()
    {
        ProcessTable table = new(10);
        ProcessEntry first = table.AddFirst(null)!, child = Fork(table, first)!;
        child.DumpedCore = true;
        table.Exit(child, ExitStatus.Killed(6), default, reap: false);
        WaitReport report = table.Wait(first, WaitTarget.Any, 0, 4, out _)!.Value;
        Assert.That((report.Word, report.Code, report.SignalStatus), Is.EqualTo((0x86, 3, 6)));
    }
}
