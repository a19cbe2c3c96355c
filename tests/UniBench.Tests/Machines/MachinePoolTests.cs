using NUnit.Framework;
using UniBench.Host;
using UniBench.Monitor.Machines;
using UniBench.Monitor.Memory;
using UniBench.Monitor.Segments;

namespace UniBench.Tests.Machines;

[TestFixture]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class MachinePoolTests : IDisposable
{
    private const int Most = 3;
    private static readonly FamilyPage Owner = new(null), Other = new(null);
    private readonly FakePlatform platform = new(Most);
    private readonly SharedPages shared;
    private readonly MachinePool pool;

    public MachinePoolTests()
    {
        shared = new SharedPages(platform);
        pool = new MachinePool(platform, shared, () => false, null);
    }

    public void Dispose()
    {
        pool.Dispose();
        shared.Dispose();
        platform.Dispose();
    }

    [Test]
    public void A_machine_that_came_back_is_used_before_one_is_made()
    {
        MachineWorker first = pool.Take(null!, Owner);
        pool.Return(first);
        Assert.That(pool.Take(null!, Owner), Is.SameAs(first));
        Assert.That(platform.Made, Has.Count.EqualTo(1));
    }

    [Test]
    public void There_are_no_more_at_once_than_the_platform_has()
    {
        for (int i = 0; i < Most; i++)
        {
            pool.Take(null!, Owner);
        }

        Assert.That(() => pool.Take(null!, Owner), Throws.TypeOf<HostException>().With.Message.Contains($"{Most} machines"));
    }

    [Test]
    public void What_could_not_be_made_takes_no_place()
    {
        platform.Refuses = true;
        for (int i = 0; i < 2 * Most; i++)
        {
            Assert.That(() => pool.Take(null!, Owner), Throws.TypeOf<HostException>());
        }

        platform.Refuses = false;
        for (int i = 0; i < Most; i++)
        {
            pool.Take(null!, Owner);
        }

        Assert.That(platform.Made.Select(m => m.Index), Is.Unique.And.All.LessThan(Most));
    }

    [Test]
    public void A_spent_machine_is_never_given_out_again()
    {
        MachineWorker worker = pool.Take(null!, Owner);
        platform.Made[0].Spent = true;
        pool.Return(worker);
        Assert.That(pool.Take(null!, Owner), Is.Not.SameAs(worker));
        Assert.That(pool.Count, Is.EqualTo(1));
    }

    [Test]
    public void One_that_broke_while_it_lay_in_the_pool_is_not_given_out()
    {
        MachineWorker worker = pool.Take(null!, Owner);
        pool.Return(worker);
        platform.Made[0].Spent = true;
        Assert.That(pool.Take(null!, Owner), Is.Not.SameAs(worker));
    }

    [Test]
    public void A_machine_of_a_family_that_still_runs_serves_no_other()
    {
        MachineWorker worker = Used();
        Assert.That(pool.Take(null!, Other), Is.Not.SameAs(worker));
        Assert.That(pool.Take(null!, Owner), Is.SameAs(worker));
    }

    [Test]
    public void When_none_is_left_one_of_another_family_is_replaced()
    {
        MachineWorker worker = Used();
        for (int i = 0; i < Most; i++)
        {
            Assert.That(pool.Take(null!, Other), Is.Not.SameAs(worker));
        }

        Assert.That(platform.Made[0].IsDisposed);
    }

    [Test]
    public void After_a_family_its_machines_show_nothing_and_serve_the_next()
    {
        MachineWorker worker = Used();
        using HostMapping text = HostMapping.Anonymous(4096);
        platform.Made[0].Window.Show(0, new Segment(0, text.Memory));
        pool.Leave(Owner);
        Assert.That(worker.Vm.Window.At(0), Is.Null);
        Assert.That(pool.Take(null!, Other), Is.SameAs(worker));
        MachineWorker parent = pool.Take(null!, Other);
        worker.Vm.Window.Copy(parent.Vm.Window);
        Assert.That(platform.Made[0].Slots, Is.Empty);
    }

    [Test]
    public void One_that_cannot_be_made_as_new_is_thrown_away_and_made_again_before_the_next_run()
    {
        MachineWorker worker = Used();
        platform.Made[0].Stained = true;
        pool.Leave(Owner);
        Assert.That((platform.Made[0].IsDisposed, pool.Count), Is.EqualTo((true, 0)));
        pool.Refill();
        Assert.That(pool.Count, Is.EqualTo(1));
        Assert.That(pool.Take(null!, Other), Is.Not.SameAs(worker));
        Assert.That(platform.Made.Select(m => m.Index), Is.All.Zero);
    }

    [Test]
    public void Machines_that_broke_take_no_place_once_their_family_is_over()
    {
        for (int i = 0; i < 3 * Most; i++)
        {
            MachineWorker worker = Taken(Owner);
            ((FakeMachine)worker.Vm).Spent = true;
            pool.Return(worker);
            pool.Leave(Owner);
        }

        Assert.That(pool.Take(null!, Owner), Is.Not.Null);
    }

    private MachineWorker Used()
    {
        MachineWorker worker = Taken(Owner);
        pool.Return(worker);
        return worker;
    }

    private MachineWorker Taken(FamilyPage owner)
    {
        MachineWorker worker = pool.Take(null!, owner);
        worker.Vm.EnterFamily(owner);
        return worker;
    }
}
