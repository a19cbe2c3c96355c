using NUnit.Framework;
using UniBench.Cli;
using UniBench.Measure;
using UniBench.Measure.Comparing;

namespace UniBench.Tests.Cli;

/// <summary>`run --against`: two builds in the same rounds, here of the same files.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class RunAgainstTests : IDisposable
{
    private static readonly string Tool = typeof(ExitCodes).Assembly.Location;
    private readonly Session session = new();

    public void Dispose() => session.Dispose();

    [Test]
    public void Another_build_is_a_column_of_its_own_in_the_same_rounds()
    {
        int code = session.Run("Case(\"hello\", Program(\"hello\")).Metric(\"wall_ms\", \"ms\", Lower).Backends(\"sandbox\", \"process\");", "--backends", "sandbox,process", "--against", Tool, "--rounds", "2");
        Assert.That(code, Is.Zero, session.Errors + session.Out);
        RunResults run = session.Load();
        string other = run.Cases.Select(c => c.Backend).Single(b => b.StartsWith("sandbox@", StringComparison.Ordinal));
        Assert.That(run.Cases.Select(c => c.Backend), Is.EquivalentTo(new[] { "sandbox", other, "process" }));
        Assert.That(run.Cases.Select(c => c.Status), Is.All.EqualTo(CaseStatus.Ok));
        Assert.That(run.Rounds.GroupBy(r => r.Round).Select(g => g.Count()), Is.All.EqualTo(3));
        Assert.That(run.Environment.Backends[other], Is.EqualTo(Tool), "the report says what it is");
        Assert.That(BuildComparison.Of(run), Has.Count.EqualTo(1));
        Assert.That(session.Out, Does.Contain("now / other, paired").And.Contain("1 compared in the same rounds").And.Contain("other-build"));
        Assert.That(session.Backends["sandbox"].Launches, Is.Empty, "this build, too, runs in a process of its own");
        Assert.That(session.Call("compare", session.Results, "--markdown"), Is.Zero, session.Errors);
        Assert.That(session.Call("compare", session.Results, "--case", "*/cross"), Is.EqualTo(ExitCodes.NothingMeasured));
    }

    [TestCase("nothing-of-this-name", "nor a commit")]
    [TestCase("/bin/true", "no unibench")]
    public void What_is_no_other_build_is_refused(string engine, string message)
    {
        Assert.That(session.Run("Case(\"hello\", Program(\"hello\")).Metric(\"wall_ms\", \"ms\", Lower);", "--backends", "sandbox", "--against", engine), Is.EqualTo(ExitCodes.Usage).Or.EqualTo(ExitCodes.BackendUnavailable));
        Assert.That(session.Errors, Does.Contain(message));
    }

    [TestCase("--backends", "process")]
    [TestCase("--timeline", "t.json")]
    public void Where_there_are_no_two_engines_to_compare_it_is_refused(params string[] options)
    {
        Assert.That(session.Run("Case(\"hello\", Program(\"hello\")).Metric(\"wall_ms\", \"ms\", Lower);", ["--against", Tool, .. options]), Is.EqualTo(ExitCodes.Usage));
        Assert.That(session.Errors, Does.Contain("--against"));
    }

    [Test]
    public void One_run_alone_has_no_other_build_to_compare()
    {
        Assert.That(session.Run("Case(\"hello\", Program(\"hello\")).Metric(\"wall_ms\", \"ms\", Lower);", "--backends", "process", "--rounds", "2"), Is.Zero);
        Assert.That(session.Call("compare", session.Results), Is.EqualTo(ExitCodes.NothingMeasured));
        Assert.That(session.Errors, Does.Contain("--against"));
    }
}
