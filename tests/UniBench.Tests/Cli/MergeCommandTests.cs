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
    public void Runs_of_several_machines_are_told_apart_and_each_counts_once()
    {
        string[] runs = [Run("one", "--rounds", "3"), Run("other", "--rounds", "2"), Run("third", "--rounds", "1")];
        foreach ((string run, double factor) in runs.Zip((double[])[1, 2, 4]))
        {
            RunResults results = Load(run);
            IReadOnlyList<RoundRecord> rounds = [.. results.Rounds.Select(r => r.CaseId.Contains("unikernel", StringComparison.Ordinal) ? r with { Samples = new Dictionary<string, double> { ["rtt_p50"] = 100 * factor } } : r)];
            ResultsFile.Save(ResultsBuilder.Reassemble(results with { Environment = results.Environment with { Machine = $"node{factor}" } }, rounds), Path.Combine(run, ResultsFile.Name));
            File.Delete(Path.Combine(run, RoundsFile.Name));
        }

        RunResults merged = Merged(runs);
        MachineEffect effect = MachineEffect.Of(merged).Single(e => e.Case.Backend == "unikernel");
        Assert.Multiple(() =>
        {
            Assert.That(merged.Environment.Machine, Is.Null);
            Assert.That(merged.Rounds.Where(r => !r.Warmup).GroupBy(r => r.Machine).Select(g => (g.Key, g.Select(r => r.Round).Distinct().Count())), Is.EquivalentTo(new[] { ("node1", 3), ("node2", 2), ("node4", 1) }));
            Assert.That(effect.Machines.Select(m => (m.Machine, Math.Round(m.Ratio.Value, 9))), Is.EqualTo(new[] { ("node1", 1.0), ("node2", 2.0), ("node4", 4.0) }));
            Assert.That(effect.Pooled.Value, Is.EqualTo(2).Within(1e-9), "the rounds of node1 are not heavier than the round of node4");
            Assert.That(effect.Pooled.Interval.Reached, Is.False, "three machines cannot be 99 % sure of others");
            Assert.That(effect.Spread, Is.EqualTo(3).Within(1e-9));
            Assert.That(merged.Findings.Single(f => f.Code == "machines").Message, Does.StartWith("launches are of 3 machines: node1; node2; node4").And.Contain("unikernel"));
            Assert.That(File.ReadAllText(Path.Combine(session.Folder, "merged", "machines.md")), Does.Contain("| node2 | 2 | 2.000 |").And.Contain("| all | 3 machines | 2.000 |").And.Contain("8 machines are needed"));
        });
    }

    [Test]
    public void Runs_that_share_the_values_of_a_parameter_are_one_run_with_all_of_them()
    {
        const string Sizes = """Case("rtt", [Param("n", 1, 2)], p => Program("true", p["n"])).Metric("rtt_p50", "ns", Lower);""";
        string[] runs = [.. new[] { "1", "2" }.Select(n => RunOf(Sizes, $"n{n}", "--rounds", "2", "--param", $"n={n}"))];
        RunResults merged = Merged(runs);
        Assert.That(merged.RoundsPlanned, Is.EqualTo(2));
        Assert.That(merged.Cases.Select(c => c.Params["n"]).Distinct(), Is.EqualTo(new[] { "1", "2" }));
        Assert.That(merged.Cases, Has.All.Matches<CaseMetric>(c => c.Samples.Count == 2));
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

    private string Run(string name, params string[] options) => RunOf(Script, name, options);

    private string RunOf(string script, string name, params string[] options)
    {
        string folder = Path.Combine(session.Folder, name);
        Assert.That(session.Call(["run", session.Script(script), "--out", folder, "--warmup", "1", .. options]), Is.Zero, session.Errors);
        return folder;
    }
}
