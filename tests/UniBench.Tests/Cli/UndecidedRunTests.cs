using NUnit.Framework;
using UniBench.Cli;

namespace UniBench.Tests.Cli;

/// <summary>A run that is too short says with which command it becomes long enough.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class UndecidedRunTests : IDisposable
{
    private const string Start = "undecided comparisons: ";
    private readonly Session session = new();

    public void Dispose() => session.Dispose();

    [Test]
    public void The_command_that_is_printed_extends_the_run_until_its_comparisons_are_decided()
    {
        Assert.That(session.Run("Case(\"rtt\", Program(\"true\")).Metric(\"rtt_p50\", \"ns\", Lower);", "--quick", "--backends", "unikernel,process"), Is.Zero, session.Errors);
        string told = session.Out.Split('\n').Single(l => l.StartsWith(Start, StringComparison.Ordinal));
        Assert.That(told, Does.StartWith("undecided comparisons: 1, which about 8 rounds in all decide: unibench run ").And.EndWith(" --resume --rounds 8").And.Not.Contain("--quick"));
        Assert.That(session.Call(told[told.IndexOf("unibench ", StringComparison.Ordinal)..].Split(' ')[1..]), Is.Zero, session.Errors);
        Assert.That(session.Load().RoundsPlanned, Is.EqualTo(8));
        Assert.That(session.Out.Split('\n').Count(l => l.StartsWith(Start, StringComparison.Ordinal)), Is.EqualTo(1), "all is decided");
    }

    [Test]
    public void A_run_with_nothing_to_compare_has_nothing_undecided()
    {
        Assert.That(session.Run("Case(\"rtt\", Program(\"true\")).Metric(\"rtt_p50\", \"ns\", Lower);", "--rounds", "2", "--backends", "process"), Is.EqualTo(ExitCodes.Ok));
        Assert.That(session.Out, Does.Not.Contain(Start));
    }
}
