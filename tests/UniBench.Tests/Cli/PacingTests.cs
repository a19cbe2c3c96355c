using NUnit.Framework;
using UniBench.Cli;
using UniBench.Measure;
using UniBench.Reports;
using UniBench.Workbench.Running;

namespace UniBench.Tests.Cli;

/// <summary>How many rounds a run makes, and how it goes on after an interruption.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class PacingTests : IDisposable
{
    private const string Script = """Case("rtt", Program("true")).Metric("rtt_p50", "ns", Lower);""";
    private readonly Session session = new();

    public void Dispose() => session.Dispose();

    [Test]
    public void Precision_stops_as_soon_as_every_interval_is_narrow_enough()
    {
        Assert.That(session.Run(Script, "--precision", "2%"), Is.EqualTo(ExitCodes.Ok), session.Errors);
        RunResults results = session.Load();
        Assert.That(results.RoundsPlanned, Is.EqualTo(8), "equal values have no width, and eight rounds are the fewest for 99 %");
        Assert.That(results.Findings.Select(f => f.Code), Has.None.EqualTo("precision-not-reached"));
    }

    [Test]
    public void Precision_that_is_not_reached_is_a_finding_with_the_widest_case()
    {
        int launch = 0;
        session.Use(new ReplayBackend("unikernel") { Answer = (_, _) => ReplayBackend.Printed($"@sample rtt_p50 ns {100 + (launch++ % 2 * 50)}\n") });
        Assert.That(session.Run(Script, "--precision", "2%", "--rounds", "12"), Is.EqualTo(ExitCodes.Ok), session.Errors);
        RunResults results = session.Load();
        Assert.That(results.RoundsPlanned, Is.EqualTo(12));
        Assert.That(results.Findings.Single(f => f.Code == "precision-not-reached").Message, Does.StartWith("1 cases are not within 2 %, the widest is test/rtt/unikernel/free"));
    }

    [TestCase("0%")]
    [TestCase("2")]
    public void A_precision_that_is_none_is_refused(string precision) => Assert.That(session.Run(Script, "--precision", precision), Is.EqualTo(ExitCodes.Usage));

    [Test]
    public void A_spent_time_budget_ends_the_run_after_the_round_and_is_a_finding()
    {
        SetClock clock = new();
        Pacing pacing = new(new RunOptions { Rounds = 20, WarmupRounds = 0, TimeBudget = TimeSpan.FromMinutes(10) }, _ => "process", clock);
        Assert.That(Goes(), Is.True);
        clock.Now += TimeSpan.FromMinutes(9.9);
        Assert.That(Goes(), Is.True);
        Assert.That(pacing.Remark, Is.Null);
        clock.Now += TimeSpan.FromMinutes(0.1);
        Assert.That(Goes(), Is.False);
        Assert.That(pacing.Remark!.Code, Is.EqualTo("time-budget"));
        Assert.That(pacing.Remark.Message, Does.Contain("after 3 of 20 rounds"));

        bool Goes() => pacing.GoesOn([], () => throw new InvalidOperationException("a time budget asks for no results"));
    }

    [Test]
    public void The_round_that_spends_the_time_budget_is_kept()
    {
        Assert.That(session.Run(Script, "--time-budget", "0.001ms", "--warmup", "0"), Is.EqualTo(ExitCodes.Ok), session.Errors);
        RunResults results = session.Load();
        Assert.That(results.RoundsPlanned, Is.EqualTo(1));
        Assert.That(results.Findings.Select(f => f.Code), Has.Some.EqualTo("time-budget"));
    }

    [Test]
    public void An_interrupted_run_is_continued_where_it_stopped()
    {
        session.Run(Script, "--rounds", "6", "--warmup", "1");
        string[] whole = Order();
        RunResults results = session.Load();
        RoundRecord[] kept = [.. results.Rounds.Where(r => r.Round < 4)]; // one warm-up and three measured blocks
        Rewrite(results with { Interrupted = true, Rounds = kept });

        Assert.That(session.Run(Script, "--rounds", "6", "--warmup", "0", "--resume"), Is.EqualTo(ExitCodes.Ok), session.Errors);
        RunResults after = session.Load();
        Assert.That(after.Interrupted, Is.False);
        Assert.That(after.Rounds.Take(kept.Length).Select(r => (r.CaseId, r.Round, r.StartedAt)), Is.EqualTo(kept.Select(r => (r.CaseId, r.Round, r.StartedAt))));
        Assert.That(after.Cases, Has.All.Matches<CaseMetric>(c => c.Samples.Count == 6));
        Assert.That(Order(), Is.EqualTo(whole), "the schedule goes on as if nothing had happened");
        Assert.That(after.Findings.Select(f => f.Code), Has.Some.EqualTo("resumed"));
    }

    [Test]
    public void A_run_is_continued_with_the_rounds_it_was_planned_with_unless_more_are_asked_for()
    {
        session.Run(Script, "--rounds", "6");
        RunResults whole = session.Load();
        Rewrite(whole with { Interrupted = true, Rounds = [.. whole.Rounds.Where(r => r.Round < 3)] });
        Assert.That(session.Run(Script, "--rounds", "5", "--resume", "--warmup", "0"), Is.EqualTo(ExitCodes.Usage));
        Assert.That(session.Errors, Does.Contain("was planned with 6 rounds, and 5 are fewer"));
        Assert.That(session.Run(Script, "--resume", "--warmup", "0"), Is.Zero, session.Errors);
        Assert.That(session.Load().Cases, Has.All.Matches<CaseMetric>(c => c.Samples.Count == 6));
    }

    [Test]
    public void A_run_that_has_ended_is_extended_by_a_larger_number_of_rounds()
    {
        session.Run(Script, "--rounds", "2");
        Assert.That(session.Run(Script, "--resume"), Is.EqualTo(ExitCodes.Usage));
        Assert.That(session.Run(Script, "--resume", "--rounds", "2"), Is.EqualTo(ExitCodes.Usage));
        Assert.That(session.Errors, Does.Contain("has 2 rounds already: --rounds with a larger number extends it"));
        Assert.That(session.Run(Script, "--resume", "--rounds", "5", "--warmup", "0"), Is.Zero, session.Errors);
        RunResults results = session.Load();
        Assert.That(results.Cases, Has.All.Matches<CaseMetric>(c => c.Samples.Count == 5));
        Assert.That(results.RoundsPlanned, Is.EqualTo(5));
        Assert.That(results.Findings.Single(f => f.Code == "resumed").Message, Does.Not.Contain("interrupted"));
    }

    [Test]
    public void A_run_is_not_written_over_unless_that_is_said()
    {
        string script = session.Script(Script), place = session.Results;
        string[] call = ["run", script, "--out", place, "--rounds", "1", "--warmup", "0"];
        Assert.That(session.Call(call), Is.Zero, session.Errors);
        DateTimeOffset started = session.Load().Environment.Started;
        int launches = session.Backends["process"].Launches.Count;
        Assert.That(session.Call(call), Is.EqualTo(ExitCodes.Usage));
        Assert.That(session.Errors, Does.Contain($"{place}: there is a run already; --resume goes on with it, --replace puts this one in its place"));
        Assert.That(session.Backends["process"].Launches, Has.Count.EqualTo(launches), "nothing was launched");
        Assert.That(session.Call([.. call, "--replace"]), Is.Zero, session.Errors);
        Assert.That(session.Load().Environment.Started, Is.GreaterThan(started));
        Assert.That(session.Call([.. call, "--replace", "--resume"]), Is.EqualTo(ExitCodes.Usage));
    }

    [Test]
    public void A_run_that_is_another_is_not_continued()
    {
        session.Run(Script, "--rounds", "2");
        Rewrite(session.Load() with { Interrupted = true });
        Assert.That(session.Run(Script.Replace("rtt\"", "other\"", StringComparison.Ordinal), "--resume"), Is.EqualTo(ExitCodes.Usage));
        Assert.That(session.Errors, Does.Contain("the script has changed"));
        Assert.That(session.Run(Script, "--resume", "--backends", "process"), Is.EqualTo(ExitCodes.Usage));
        Assert.That(session.Errors, Does.Contain("has other cases"));
        Assert.That(session.Call("run", session.Script(Script), "--resume"), Is.EqualTo(ExitCodes.Usage));
    }

    /// <summary>A clock that stands until it is set.</summary>
    private sealed class SetClock : TimeProvider
    {
        public TimeSpan Now { get; set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Now.Ticks;
    }

    private string[] Order() => [.. session.Load().Rounds.OrderBy(r => r.Round).ThenBy(r => r.Order).Select(r => $"{r.Round} {r.CaseId}")];

    /// <summary>As one file, which is how earlier versions kept a run.</summary>
    private void Rewrite(RunResults results) => ResultsFile.Save(results, Path.Combine(session.Results, ResultsFile.Name));
}
