using NUnit.Framework;
using UniBench.Cli.Sweeping;
using UniBench.Workbench;

namespace UniBench.Tests.Sweeping;

internal sealed class SweepPlanTests
{
    [Test]
    public void Whole_rounds_are_shared_out_as_evenly_as_can_be()
    {
        IReadOnlyList<SweepShard> shards = SweepPlan.ByRounds(8, 3, i => ["s.csx", "--seed", $"{i + 5}"]);
        Assert.That(shards.Select(s => (s.Number, s.Rounds, s.What)), Is.EqualTo(new[] { (0, 3, "rounds 1 to 3 of 8"), (1, 3, "rounds 4 to 6 of 8"), (2, 2, "rounds 7 to 8 of 8") }));
        Assert.That(shards[2].Arguments, Is.EqualTo(new[] { "s.csx", "--seed", "7", "--rounds", "2" }));
    }

    [Test]
    public void Values_are_dealt_out_so_that_neighbours_are_on_different_machines()
    {
        IReadOnlyList<SweepShard> shards = SweepPlan.ByParameter("size", ["1", "2", "4", "8", "16"], 20, 2, _ => ["s.csx"]);
        Assert.That(shards.Select(s => (s.What, s.Rounds)), Is.EqualTo(new[] { ("size=1,4,16", 20), ("size=2,8", 20) }));
        Assert.That(shards[1].Arguments, Is.EqualTo(new[] { "s.csx", "--param", "size=2,8", "--rounds", "20" }));
    }

    [Test]
    public void More_machines_than_there_is_to_share_are_refused()
    {
        Assert.That(() => SweepPlan.ByRounds(2, 3, _ => []), Throws.TypeOf<UsageException>().With.Message.Contain("2 rounds are whole rounds for 2 machines at most"));
        Assert.That(() => SweepPlan.ByParameter("size", ["1"], 20, 2, _ => []), Throws.TypeOf<UsageException>().With.Message.Contain("size has 1 values"));
    }

    [Test]
    public void A_plan_is_the_same_when_it_is_read_again()
    {
        string folder = Directory.CreateTempSubdirectory("unibench-test-").FullName;
        try
        {
            SweepPlan plan = new("s.csx", "/", ["x"], SweepPlan.ByRounds(4, 2, i => ["s.csx", "--seed", $"{i + 7}"]));
            plan.Save(folder);
            SweepPlan read = SweepPlan.Load(folder);
            Assert.That(read.IsSame(plan), Is.True);
            Assert.That(read.FirstSeed, Is.EqualTo(7));
            Assert.That(read.IsSame(plan with { Rest = ["y"] }), Is.False);
            File.WriteAllText(Path.Combine(folder, SweepPlan.FileName), "[]");
            Assert.That(() => SweepPlan.Load(folder), Throws.TypeOf<UsageException>().With.Message.Contain("is no sweep"));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
