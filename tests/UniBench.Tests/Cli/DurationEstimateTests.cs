using NUnit.Framework;
using UniBench.Measure;
using UniBench.Reports;
using UniBench.Tests.Measure;
using UniBench.Workbench.Running;

namespace UniBench.Tests.Cli;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class DurationEstimateTests : IDisposable
{
    private const string Script = """Case("a", [Param("n", 1)], p => Program("true", p["n"])).Metric("rtt_p50", "ns", Lower).Timeout("30s");""";
    private readonly Session session = new();

    public void Dispose() => session.Dispose();

    [Test]
    public void A_launch_costs_its_wall_time_and_what_lies_between_launches_but_no_interruption()
    {
        CasePoint slow = Fabricated.Point("slow", "1", "process", "same"), fast = Fabricated.Point("fast", "1", "process", "same");
        double[] walls = [2, 1, 4, 1];
        double[] starts = [0, 2.5, 4, 108]; // half a second between launches; a hundred before it was resumed
        LaunchTimes.Launch[] launches = [.. walls.Select((w, i) => new LaunchTimes.Launch((i % 2 == 0 ? slow : fast).Id, Fabricated.Started.AddSeconds(starts[i]), w, CaseStatus.Ok))];
        IReadOnlyDictionary<string, double> costs = DurationEstimate.CostsOf(new LaunchTimes { Scenario = new ScenarioInfo("a.csx", "", []), Rounds = launches });
        Assert.That(costs[slow.Id], Is.EqualTo(3.5).Within(1e-9));
        Assert.That(costs[fast.Id], Is.EqualTo(1.5).Within(1e-9));
    }

    [Test]
    public void Without_an_earlier_run_the_time_limits_bound_it()
    {
        DryRun("--rounds", "9", "--warmup", "1");
        Assert.That(session.Out, Does.Contain("unknown, for there is no earlier run of this scenario in reports/; at most 20 min, if every launch took its time limit"));
    }

    [Test]
    public void An_earlier_run_is_the_base_and_is_named()
    {
        Assert.That(session.Run(Script, "--rounds", "3"), Is.Zero, session.Errors);
        DryRun("--time-budget", "20s");
        Assert.That(session.Out, Does.Match($"duration: about [0-9.]+ s to [0-9.]+ s, judging by {session.Results}, and no round begins after 20 s\n"));
    }

    [Test]
    public void Cases_that_the_earlier_run_lacks_are_counted_and_told()
    {
        Assert.That(session.Run(Script, "--rounds", "3", "--backends", "process"), Is.Zero, session.Errors);
        DryRun("-p", "n=1,2");
        Assert.That(session.Out, Does.Contain("where 7 of the 8 cases were not launched: they are taken to last as long as the others"));
    }

    private void DryRun(params string[] options) =>
        Assert.That(session.Call(["run", session.Script(Script), "--dry-run", "--out", session.Results, .. options]), Is.Zero, session.Errors);
}
