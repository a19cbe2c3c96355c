using NUnit.Framework;
using UniBench.Cli;
using UniBench.Measure;
using UniBench.Reports;

namespace UniBench.Tests.Cli;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class MergeCommandTests : IDisposable
{
    private const string Script = """Case("rtt", Program("true")).Metric("rtt_p50", "ns", Lower);""";
    private readonly Session session = new();

    public void Dispose() => session.Dispose();

    [Test]
    public void Runs_become_one_run_whose_rounds_still_pair()
    {
        string one = Run("one", "--rounds", "3"), other = Run("other", "--rounds", "2");
        RunResults merged = Merged(one, other);
        RunResults[] parts = [Load(one), Load(other)];
        Assert.Multiple(() =>
        {
            Assert.That(merged.RoundsPlanned, Is.EqualTo(5));
            Assert.That(merged.Interrupted, Is.False);
            Assert.That(merged.Cases, Has.All.Matches<CaseMetric>(c => c.Samples.Count == 5));
            Assert.That(merged.Rounds.Select(r => r.StartedAt), Is.EqualTo(parts.SelectMany(p => p.Rounds).Select(r => r.StartedAt)));
            Assert.That(merged.Rounds.GroupBy(r => r.Round).Select(g => g.Count()), Is.All.EqualTo(4), "a round is a round of one run: a launch on each backend");
            Assert.That(merged.Yardsticks.Select(y => y.Round), Is.EqualTo((int[])[1, 2, 3, 5, 6]));
            Assert.That(merged.Findings.Single(f => f.Code == "merged").Message, Does.StartWith("these are the rounds of 2 runs: 3 begun "));
            Assert.That(File.Exists(Path.Combine(session.Folder, "merged", "report.md")), Is.True);
        });
    }

    [Test]
    public void A_run_that_was_cut_off_and_one_of_an_earlier_version_are_merged_like_others()
    {
        string cut = Run("cut", "--rounds", "3"), earlier = Run("earlier", "--rounds", "2");
        string[] lines = File.ReadAllLines(Path.Combine(cut, RoundsFile.Name));
        File.WriteAllText(Path.Combine(cut, RoundsFile.Name), string.Join('\n', lines[..9]) + "\n" + lines[9][..30]); // a warm-up round, a measured one, and a launch of the second
        ResultsFile.Save(Load(earlier), Path.Combine(earlier, ResultsFile.Name));
        File.Delete(Path.Combine(earlier, RoundsFile.Name));
        RunResults merged = Merged(cut, earlier);
        Assert.That(merged.Rounds, Has.Count.EqualTo(9 + 12));
        Assert.That(merged.RoundsPlanned, Is.EqualTo(4));
    }

    [Test]
    public void What_is_not_one_plan_is_refused_by_what_differs()
    {
        string one = Run("one", "--rounds", "1"), other = Run("other", "--rounds", "1", "--backends", "process");
        Assert.That(session.Call("merge", one, other, "--out", Path.Combine(session.Folder, "merged")), Is.EqualTo(ExitCodes.NotComparable));
        Assert.That(session.Errors, Does.Contain($"{one} and {other} have different cases"));
        Assert.That(session.Call("merge", one, one, "--out", Path.Combine(session.Folder, "merged")), Is.EqualTo(ExitCodes.NotComparable));
        Assert.That(session.Errors, Does.Contain("have launches in common"));
        Assert.That(Directory.Exists(Path.Combine(session.Folder, "merged")), Is.False);
    }

    [Test]
    public void Runs_of_two_machines_are_merged_only_where_that_is_said()
    {
        string one = Run("one", "--rounds", "1"), other = Run("other", "--rounds", "1");
        RunResults results = Load(other);
        ResultsFile.Save(results with { Environment = results.Environment with { Cpu = "another" } }, Path.Combine(other, ResultsFile.Name));
        string[] call = ["merge", one, other, "--out", Path.Combine(session.Folder, "merged")];
        Assert.That(session.Call(call), Is.EqualTo(ExitCodes.NotComparable));
        Assert.That(session.Errors, Does.Contain("cpu").And.Contain("another"));
        Assert.That(session.Call([.. call, "--despite", "cpu,distance,speed"]), Is.Zero, session.Errors);
    }

    [Test]
    public void A_run_is_not_written_over()
    {
        string one = Run("one", "--rounds", "1"), other = Run("other", "--rounds", "1");
        Assert.That(session.Call("merge", one, other, "--out", other), Is.EqualTo(ExitCodes.Usage));
        Assert.That(session.Errors, Does.Contain("there is a run already"));
    }

    private RunResults Merged(params string[] runs)
    {
        string folder = Path.Combine(session.Folder, "merged");
        Assert.That(session.Call(["merge", .. runs, "--out", folder, "--despite", "distance,speed"]), Is.Zero, session.Errors);
        return Load(folder);
    }

    private static RunResults Load(string run) => ResultsFile.Load(Path.Combine(run, ResultsFile.Name));

    private string Run(string name, params string[] options)
    {
        string folder = Path.Combine(session.Folder, name);
        Assert.That(session.Call(["run", session.Script(Script), "--out", folder, "--warmup", "1", .. options]), Is.Zero, session.Errors);
        return folder;
    }
}
