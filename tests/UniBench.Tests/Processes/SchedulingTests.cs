using NUnit.Framework;
using UniBench.Host;
using UniBench.Monitor.Processes;

namespace UniBench.Tests.Processes;

/// <summary>sched(7), setpriority(2), ioprio_set(2).</summary>
[TestFixture]
internal sealed class SchedulingTests
{
    private static readonly Credentials Root = Users.Of(0), Own = Users.Of(1000), Other = Users.Of(1001);
    private static readonly Scheduling Ordinary = Scheduling.Ordinary;

    [Test]
    public void Who_is_nice_is_not_less_so_without_the_capability_or_the_limit()
    {
        Scheduling nice = Ordinary with { Nice = 5 };
        Assert.That(nice.Renice(30, Own, Own, 0), Is.EqualTo((nice with { Nice = 19 }, 0)));
        Assert.That(nice.Renice(4, Own, Own, 0), Is.EqualTo((nice, -Errno.EACCES)));
        Assert.That(nice.Renice(4, Own, Own, 16), Is.EqualTo((nice with { Nice = 4 }, 0)));
        Assert.That(nice.Renice(9, Other, Own, 0), Is.EqualTo((nice, -Errno.EPERM)));
        Assert.That(nice.Renice(-30, Root, Own, 0), Is.EqualTo((nice with { Nice = -20 }, 0)));
    }

    [TestCase(Scheduling.Fifo, 0, -Errno.EINVAL)]
    [TestCase(Scheduling.Fifo, 100, -Errno.EINVAL)]
    [TestCase(Scheduling.Fifo, 99, 0)]
    [TestCase(Scheduling.Batch, 1, -Errno.EINVAL)]
    [TestCase(Scheduling.Idle, 0, 0)]
    [TestCase(4, 0, -Errno.EINVAL)]
    public void A_policy_has_the_priorities_that_it_has(int policy, int priority, int error) =>
        Assert.That(Ordinary.Schedule(new Scheduling(Policy: policy, RealTimePriority: priority), Root, Own, 0, 0).Error, Is.EqualTo(error));

    [TestCase(0ul, 10, -Errno.EPERM)]
    [TestCase(9ul, 10, -Errno.EPERM)]
    [TestCase(10ul, 10, 0)]
    public void Real_time_is_for_who_has_the_capability_or_the_limit(ulong limit, int priority, int error) =>
        Assert.That(Ordinary.Schedule(new Scheduling(Policy: Scheduling.RoundRobin, RealTimePriority: priority), Own, Own, 0, limit).Error, Is.EqualTo(error));

    [Test]
    public void A_child_that_is_to_be_ordinary_is()
    {
        Scheduling fifo = new(Nice: -5, Policy: Scheduling.Fifo, RealTimePriority: 7);
        Assert.That(fifo.Forked(), Is.EqualTo(fifo));
        Assert.That((fifo with { ResetOnFork = true }).Forked(), Is.EqualTo(Ordinary));
        Assert.That((fifo with { ResetOnFork = true }).Schedule(Ordinary, Own, Own, 40, 0).Error, Is.EqualTo(-Errno.EPERM), "and stays so");
    }

    [TestCase(1u << 13, -Errno.EPERM)]
    [TestCase((2u << 13) | 7, 0)]
    [TestCase(3u << 13, 0)]
    [TestCase(0u, 0)]
    [TestCase(1u, -Errno.EINVAL)]
    [TestCase(4u << 13, -Errno.EINVAL)]
    public void Priorities_of_input_and_output_have_classes(uint priority, int error) =>
        Assert.That(Ordinary.SetInputOutput(priority, Own, Own).Error, Is.EqualTo(error));
}
