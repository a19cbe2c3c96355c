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
        foreach ((int round, IReadOnlyList<ScheduledLaunch> block) in Schedule.Blocks(Cases, seed: 1).Take(7).Index())
        {
            Assert.That(block.Select(l => l.Case), Is.EquivalentTo(Cases));
            Assert.That(block.Select(l => l.Order), Is.EqualTo(Enumerable.Range(0, Cases.Length)));
            Assert.That(block.Select(l => l.Round), Is.All.EqualTo(round));
        }
    }

    [Test]
    public void The_same_seed_gives_the_same_order_and_another_seed_another_one()
    {
        Assert.That(Launches(7, 3), Is.EqualTo(Launches(7, 3)));
        Assert.That(Launches(8, 3), Is.Not.EqualTo(Launches(7, 3)));
    }

    [Test]
    public void More_rounds_begin_with_the_same_rounds() => Assert.That(Launches(7, 9).Take(3 * Cases.Length), Is.EqualTo(Launches(7, 3)));

    [Test]
    public void The_order_of_a_seed_never_changes() =>
        Assert.That(string.Concat(Launches(42, 1).Select(l => l.Case.Params["size"])), Is.EqualTo("2364105"));

    [Test]
    public void Each_case_is_first_about_equally_often()
    {
        int[] first = [.. Launches(3, 7000).Where(l => l.Order == 0).CountBy(l => l.Case.Id).Select(c => c.Value)];
        Assert.That(first, Has.Length.EqualTo(7).And.All.InRange(880, 1120));
    }

    [Test]
    public void No_case_is_refused() => Assert.That(() => Schedule.Blocks([], seed: 1), Throws.ArgumentException);

    private static ScheduledLaunch[] Launches(long seed, int rounds) => [.. Schedule.Blocks(Cases, seed).Take(rounds).SelectMany(b => b)];
}
