using NUnit.Framework;
using UniBench.Cli.Running;
using UniBench.Measure;

namespace UniBench.Tests.Cli;

internal sealed class ProgressTests
{
    [Test]
    public void Elsewhere_than_on_a_terminal_there_is_a_line_for_each_block()
    {
        using StringWriter text = new();
        Progress progress = new(text, live: false, 80);
        progress.Start("Pipes", 4);
        foreach ((int round, int order) in new[] { (0, 0), (0, 1), (1, 0), (1, 1) })
        {
            progress.Launching(At(round, order));
        }

        progress.Finish();
        Assert.That(text.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries), Has.Length.EqualTo(3));
        Assert.That(text.ToString(), Does.Not.Contain("\r").And.Not.Contain("\x1b"));
    }

    [Test]
    public void On_a_terminal_one_line_is_rewritten_within_its_width_and_taken_away()
    {
        using StringWriter text = new();
        Progress progress = new(text, live: true, 40);
        progress.Start("Pipes", 2);
        progress.Launching(At(0, 0));
        progress.Launching(At(0, 1));
        progress.Warn("something is odd");
        string[] parts = text.ToString().Split('\n', '\r');
        Assert.That(parts, Has.All.Length.LessThan(40));
        Assert.That(text.ToString(), Does.EndWith($"\r{new string(' ', 39)}\runibench: something is odd{Environment.NewLine}"));
    }

    private static ScheduledLaunch At(int round, int order) => new(
        round,
        order,
        Warmup: round == 0,
        new CasePoint { Scenario = "s", Name = "a-rather-long-name", Params = new Dictionary<string, string>(), Backend = "process", Placement = "free" });
}
