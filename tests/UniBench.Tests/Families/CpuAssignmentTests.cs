using NUnit.Framework;
using UniBench.Monitor.Families;

namespace UniBench.Tests.Families;

[TestFixture]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class CpuAssignmentTests
{
    private readonly CpuAssignment cpus = new([4, 6]);

    [Test]
    public void New_processes_go_where_the_fewest_are_awake()
    {
        CpuSeat[] seats = [.. Enumerable.Range(0, 4).Select(_ => Enter())];
        Assert.That(seats.Select(s => s.Cpu), Is.EquivalentTo(new[] { 4, 4, 6, 6 }));
        foreach (CpuSeat seat in seats.Where(s => s.Cpu == 6))
        {
            cpus.Sleep(seat);
        }

        Assert.That((Enter().Cpu, Enter().Cpu), Is.EqualTo((6, 6)), "two sleep there, and two are awake on 4");
    }

    [Test]
    public void Among_equals_a_child_does_not_get_its_parents_cpu()
    {
        CpuSeat first = Enter(), second = Enter();
        Assert.That(Enter(first).Cpu, Is.EqualTo(second.Cpu));
        cpus.Leave(second);
        Assert.That(first.Cpu, Is.Not.EqualTo(second.Cpu));
    }

    [Test]
    public void Who_sleeps_counts_where_it_lives_when_as_many_are_awake()
    {
        CpuSeat sleeper = Enter();
        cpus.Sleep(sleeper);
        Assert.That(Enter().Cpu, Is.Not.EqualTo(sleeper.Cpu));
    }

    [Test]
    public void Who_is_awake_is_counted_once_however_often_it_is_put_to_sleep_or_woken()
    {
        CpuSeat seat = Enter();
        cpus.Wake(seat, null);
        Assert.That(cpus.Awake, Is.EqualTo(1));
        cpus.Sleep(seat);
        cpus.Sleep(seat);
        Assert.That(cpus.Awake, Is.Zero);
        cpus.Wake(seat, null);
        Assert.That(cpus.Awake, Is.EqualTo(1));
        cpus.Leave(seat);
        Assert.That(cpus.Awake, Is.Zero);
    }

    [Test]
    public void The_woken_one_takes_over_the_cpu_of_a_waker_that_goes_to_sleep()
    {
        CpuSeat waker = Enter(), woken = Enter();
        cpus.Sleep(woken);
        cpus.Wake(woken, waker);
        Assert.That(woken.Cpu, Is.EqualTo(waker.Cpu));
    }

    [Test]
    public void Without_such_a_waker_it_stays_where_it_was_unless_somebody_is_awake_there()
    {
        CpuSeat first = Enter(), second = Enter();
        int own = second.Cpu;
        cpus.Sleep(second);
        cpus.Wake(second, null);
        Assert.That(second.Cpu, Is.EqualTo(own));

        cpus.Sleep(second);
        CpuSeat third = Enter();
        Assert.That(third.Cpu, Is.EqualTo(own));
        cpus.Sleep(first);
        cpus.Wake(second, null);
        Assert.That(second.Cpu, Is.EqualTo(first.Cpu), "that one is idle");
    }

    [Test]
    public void Where_no_cpu_is_idle_it_stays()
    {
        CpuSeat first = Enter(), second = Enter(), third = Enter();
        int own = third.Cpu;
        cpus.Sleep(third);
        cpus.Wake(third, null);
        Assert.That(third.Cpu, Is.EqualTo(own));
        Assert.That((first.IsAwake, second.IsAwake, third.IsAwake), Is.EqualTo((true, true, true)));
    }

    [Test]
    public void A_cpu_that_falls_idle_gets_one_of_several_that_share_another()
    {
        CpuSeat first = Enter(), second = Enter(), third = Enter();
        CpuSeat alone = first.Cpu == third.Cpu ? second : first;
        Assert.That(cpus.Fill(alone), Is.Null, "it is awake itself");
        cpus.Sleep(alone);
        CpuSeat? moved = cpus.Fill(alone);
        Assert.That(moved, Is.SameAs(third));
        Assert.That(moved!.Cpu, Is.EqualTo(alone.Cpu));
        Assert.That(cpus.Fill(alone), Is.Null, "nobody shares a CPU any more");
        Assert.That(cpus.Awake, Is.EqualTo(2));
    }

    [Test]
    public void One_alone_on_another_cpu_is_left_there()
    {
        CpuSeat first = Enter(), second = Enter();
        cpus.Sleep(first);
        Assert.That(cpus.Fill(first), Is.Null);
        Assert.That(second.Cpu, Is.Not.EqualTo(first.Cpu));
    }

    [Test]
    public void Who_finds_itself_beside_others_goes_to_an_idle_cpu_if_there_is_one()
    {
        CpuSeat first = Enter(), second = Enter(), third = Enter();
        CpuSeat beside = first.Cpu == third.Cpu ? first : second, other = beside == first ? second : first;
        Assert.That(cpus.Spread(beside), Is.False, "none is idle");
        cpus.Sleep(other);
        Assert.That(cpus.Spread(beside), Is.True);
        Assert.That(beside.Cpu, Is.EqualTo(other.Cpu));
        Assert.That(cpus.Spread(beside), Is.False, "it is alone by now");
    }

    [Test]
    public void A_process_that_ended_leaves_its_place_to_the_next()
    {
        CpuSeat first = Enter(), second = Enter();
        cpus.Leave(first);
        Assert.That(Enter().Cpu, Is.EqualTo(first.Cpu));
        Assert.That(second.IsAwake);
    }

    [Test]
    public void A_process_lives_where_it_was_woken()
    {
        CpuSeat first = Enter(), second = Enter();
        int left = second.Cpu;
        cpus.Sleep(second);
        cpus.Wake(second, first);
        cpus.Sleep(first);
        cpus.Sleep(second);
        Assert.That(Enter().Cpu, Is.EqualTo(left), "two sleep on the other");
    }

    [Test]
    public void A_process_lives_where_it_was_moved()
    {
        CpuSeat first = Enter(), second = Enter(), third = Enter();
        CpuSeat alone = first.Cpu == third.Cpu ? second : first, staying = alone == first ? second : first;
        cpus.Sleep(alone);
        Assert.That(cpus.Fill(alone), Is.SameAs(third));
        cpus.Sleep(staying);
        cpus.Sleep(third);
        Assert.That(Enter().Cpu, Is.EqualTo(staying.Cpu), "two sleep on the other");
    }

    [Test]
    public void A_cpu_that_was_named_twice_is_one()
    {
        CpuAssignment twice = new([5, 5, 7]);
        CpuSeat[] seats = [new(), new(), new(), new()];
        Array.ForEach(seats, s => twice.Enter(s, null));
        Assert.That(seats.Count(s => s.Cpu == 5), Is.EqualTo(2));
    }

    [Test]
    public void Who_is_awake_is_copied_as_far_as_there_is_room()
    {
        Enter();
        Enter();
        cpus.Sleep(Enter());
        Assert.That((cpus.CopyAwake(new GuestProcess?[9]), cpus.CopyAwake(new GuestProcess?[1]), cpus.CopyAwake([])), Is.EqualTo((2, 1, 0)));
    }

    private CpuSeat Enter(CpuSeat? parent = null)
    {
        CpuSeat seat = new();
        cpus.Enter(seat, parent);
        return seat;
    }
}
