using NUnit.Framework;
using UniBench.Host;
using UniBench.Monitor.Machines;
using UniBench.Monitor.Memory;

namespace UniBench.Tests.Machines;

[TestFixture]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class MachinePoolTests : IDisposable
{
    private const int Most = 3;
    private readonly FakePlatform platform = new(Most);
    private readonly SharedPages shared;
    private readonly MachinePool pool;

    public MachinePoolTests()
    {
        shared = new SharedPages(platform);
        pool = new MachinePool(platform, shared, () => false);
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
        MachineWorker first = pool.Take(null!);
        pool.Return(first);
        Assert.That(pool.Take(null!), Is.SameAs(first));
        Assert.That(platform.Made, Has.Count.EqualTo(1));
    }

    [Test]
    public void There_are_no_more_at_once_than_the_platform_has()
    {
        for (int i = 0; i < Most; i++)
        {
            pool.Take(null!);
        }

        Assert.That(() => pool.Take(null!), Throws.TypeOf<HostException>().With.Message.Contains($"{Most} machines"));
    }

    [Test]
    public void What_could_not_be_made_takes_no_place()
    {
        platform.Refuses = true;
        for (int i = 0; i < 2 * Most; i++)
        {
            Assert.That(() => pool.Take(null!), Throws.TypeOf<HostException>());
        }

        platform.Refuses = false;
        for (int i = 0; i < Most; i++)
        {
            pool.Take(null!);
        }

        Assert.That(platform.Made.Select(m => m.Index), Is.Unique.And.All.LessThan(Most));
    }

    [Test]
    public void A_spent_machine_is_never_given_out_again()
    {
        MachineWorker worker = pool.Take(null!);
        platform.Made[0].Spent = true;
        pool.Return(worker);
        Assert.That(pool.Take(null!), Is.Not.SameAs(worker));
        Assert.That(pool.Count, Is.EqualTo(1));
    }

    [Test]
    public void One_that_broke_while_it_lay_in_the_pool_is_not_given_out()
    {
        MachineWorker worker = pool.Take(null!);
        pool.Return(worker);
        platform.Made[0].Spent = true;
        Assert.That(pool.Take(null!), Is.Not.SameAs(worker));
    }
}
