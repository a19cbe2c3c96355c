using NUnit.Framework;
using UniBench.Measure;

namespace UniBench.Tests.Measure;

public sealed class ScheduleTests
{
    private static readonly CasePoint[] Cases =
        [.. Enumerable.Range(0, 7).Select(i => Fabricated.Point("rtt", $"{i}", "process", "same"))];

    [Test]
    public void Every_block_holds_every_case_once()
    {
        foreach (IGrouping<int, ScheduledLaunch> block in Schedule.Create(Cases, 5, 2, seed: 1).GroupBy(l => l.Round))
        {
            Assert.That(block.Select(l => l.Case), Is.EquivalentTo(Cases));
            Assert.That(block.Select(l => l.Order), Is.EqualTo(Enumerable.Range(0, Cases.Length)));
        }
    }

    [Test]
    public void Warm_up_blocks_come_first_and_are_marked() =>
        Assert.That(
            Schedule.Create(Cases, 3, 2, seed: 1).GroupBy(l => l.Round).Select(b => b.All(l => l.Warmup)),
            Is.EqualTo(new[] { true, true, false, false, false }));

    [Test]
    public void The_same_seed_gives_the_same_order_and_another_seed_another_one()
    {
        Assert.That(Schedule.Create(Cases, 3, 0, seed: 7), Is.EqualTo(Schedule.Create(Cases, 3, 0, seed: 7)));
        Assert.That(Schedule.Create(Cases, 3, 0, seed: 8), Is.Not.EqualTo(Schedule.Create(Cases, 3, 0, seed: 7)));
    }

    [Test]
    public void The_order_of_a_seed_never_changes() =>
        Assert.That(
            string.Concat(Schedule.Create(Cases, 1, 0, seed: 42).Select(l => l.Case.Params["size"])),
            Is.EqualTo("2364105"));

    [Test]
    public void Each_case_is_first_about_equally_often()
    {
        int[] first = [.. Schedule.Create(Cases, 7000, 0, seed: 3).Where(l => l.Order == 0)
            .CountBy(l => l.Case.Id).Select(c => c.Value)];
        Assert.That(first, Has.Length.EqualTo(7).And.All.InRange(880, 1120));
    }

    [Test]
    public void No_measured_round_is_refused() =>
        Assert.That(() => Schedule.Create(Cases, 0, 2, seed: 1), Throws.TypeOf<ArgumentOutOfRangeException>());
}
