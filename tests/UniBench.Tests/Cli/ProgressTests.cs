using NUnit.Framework;
using UniBench.Cli.Running;
using UniBench.Measure;
using UniBench.Tests.Measure;

namespace UniBench.Tests.Cli;

internal sealed class ProgressTests
{
    [Test]
    public void Elsewhere_than_on_a_terminal_there_is_a_line_for_each_block()
    {
        using StringWriter text = new();
        Progress progress = new(text, live: false, 80);
        progress.Start("Pipes", 3);
        foreach (int block in new[] { 1, 2 })
        {
            progress.Block(warmup: block == 1, number: 1, launchesLeft: 6 - (2 * block));
            progress.Launching("a");
            progress.Skip();
            progress.Launching("b");
            progress.Skip();
        }

        progress.Finish();
        string[] lines = text.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.That(lines, Has.Length.EqualTo(3));
        Assert.That(lines[1], Does.StartWith("unibench: warm-up, round 1"));
        Assert.That(lines[2], Does.StartWith("unibench: measuring, round 1 of 3, at most about 0 s left"));
        Assert.That(text.ToString(), Does.Not.Contain("\r").And.Not.Contain("\x1b"));
    }

    [Test]
    public void On_a_terminal_one_line_is_rewritten_within_its_width_and_taken_away()
    {
        using StringWriter text = new();
        Progress progress = new(text, live: true, 40);
        progress.Start("Pipes", 3);
        progress.Block(warmup: false, 1, 2);
        progress.Launching("s/a-rather-long-name{size=1}/process/free");
        progress.Launching("s/a-rather-long-name{size=2}/process/free");
        progress.Warn("something is odd");
        string[] parts = text.ToString().Split('\n', '\r');
        Assert.That(parts, Has.All.Length.LessThan(40));
        Assert.That(text.ToString(), Does.EndWith($"\r{new string(' ', 39)}\runibench: something is odd{Environment.NewLine}"));
    }

    [Test]
    public void The_live_line_shows_the_median_so_far_of_what_was_measured()
    {
        using StringWriter text = new();
        Progress progress = new(text, live: true, 200);
        progress.Start("Pipes", 3);
        CasePoint point = Fabricated.Point("rtt", "1", "process", "same");
        foreach ((bool warmup, double value) in new[] { (true, 900.0), (false, 10_000.0), (false, 38_760.0) })
        {
            progress.Block(warmup, 1, 1);
            progress.Launched(Fabricated.Round(point, 0) with { Warmup = warmup, Samples = new Dictionary<string, double> { ["rtt_p50"] = value } }, new MetricSpec("rtt_p50", "ns", Better.Lower));
        }

        progress.Launching(point.Id);
        Assert.That(text.ToString(), Does.EndWith($"{point.Id}, so far 24.4 µs"));
    }
}
