using NUnit.Framework;
using UniBench.Cli;
using UniBench.Reports;

namespace UniBench.Tests.Cli;

/// <summary>bench: commands without a scenario.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class BenchCommandTests : IDisposable
{
    private readonly Session session = new();

    public void Dispose() => session.Dispose();

    /// <summary>A launch of `sleep` takes three times as long as one of any other program.</summary>
    private void Time(string backend = "process", double factor = 1) => session.Use(new ReplayBackend(backend)
    {
        Answer = (request, i) => ReplayBackend.Printed("") with
        {
            Wall = TimeSpan.FromMilliseconds((request.Stages[0].Arguments[0] == "sleep" ? 30 : 10) * factor * (1 + (0.001 * i))),
        },
    });

    [Test]
    public void Two_commands_are_compared_in_one_closing_line()
    {
        Time();
        Assert.That(session.Call("bench", "--rounds", "10", "--warmup", "0", "--", "true", "x", "--", "sleep", "1"), Is.Zero, session.Errors);
        string[] lines = session.Out.TrimEnd().Split('\n');
        Assert.That(lines[0], Does.Match("median +interval +range +CPU +rounds$"));
        Assert.That(lines[1], Does.Match(@"^  true x +10\.\d ms +\[10\.\d, 10\.\d\] +10\.\d to 10\.\d "));
        Assert.That(lines[2], Does.Match(@"^  sleep 1 +30\.\d ms "));
        Assert.That(lines[^1], Does.Match(@"^true x ran \d\.\d+x faster \[\d\.\d+, \d\.\d+\] than sleep 1$"));
        Assert.That(session.Backends["process"].Launches.Select(l => l.Stages[0].Arguments.Count), Has.All.EqualTo(2));
    }

    [Test]
    public void One_command_on_two_backends_is_compared_with_itself()
    {
        Time();
        Time("sandbox", factor: 2);
        Assert.That(session.Call("bench", "--backends", "sandbox,process", "--rounds", "10", "--warmup", "0", "--", "true"), Is.Zero, session.Errors);
        Assert.That(session.Out, Does.Match(@"true as a process ran 2\.\d+x faster \[.*\] than true in a sandbox"));
    }

    [Test]
    public void One_command_alone_has_no_closing_line()
    {
        Time();
        Assert.That(session.Call("bench", "--rounds", "10", "--warmup", "0", "--", "true"), Is.Zero, session.Errors);
        Assert.That(session.Out, Does.Not.Contain(" than "));
        Assert.That(Directory.Exists("reports/bench"), Is.False, "nothing is kept");
    }

    [Test]
    public void Host_commands_run_before_all_before_each_launch_and_in_the_end()
    {
        Time();
        string seen = Path.Combine(session.Folder, "seen");
        Assert.That(
            session.Call("bench", "--setup", $"echo setup >> {seen}", "--prepare", $"echo prepare >> {seen}", "--cleanup", $"echo cleanup >> {seen}", "--rounds", "2", "--warmup", "0", "--", "true"),
            Is.Zero, session.Errors);
        Assert.That(File.ReadAllLines(seen), Is.EqualTo(new[] { "setup", "prepare", "prepare", "cleanup" }));
    }

    [Test]
    public void A_preparation_that_fails_fails_the_launch_and_the_cleanup_runs_all_the_same()
    {
        Time();
        string seen = Path.Combine(session.Folder, "seen");
        Assert.That(session.Call("bench", "--prepare", "echo no such disk >&2; exit 3", "--cleanup", $"echo cleanup >> {seen}", "--rounds", "2", "--warmup", "0", "--", "true"), Is.EqualTo(ExitCodes.WorkloadFailed));
        Assert.That(session.Errors, Does.Contain("its preparation failed: 'echo no such disk >&2; exit 3': exit 3: no such disk"));
        Assert.That(File.ReadAllLines(seen), Is.EqualTo(new[] { "cleanup" }));
        Assert.That(session.Backends["process"].Launches, Is.Empty);
    }

    [Test]
    public void Results_are_kept_where_it_is_said_and_never_replaced()
    {
        Time();
        string[] call = ["bench", "--out", session.Results, "--rounds", "5", "--warmup", "0", "--", "true", "--", "true"];
        Assert.That(session.Call(call), Is.Zero, session.Errors);
        Assert.That(session.Load().Cases.Select(c => c.Name).Distinct(), Is.EqualTo(new[] { "true", "true-2" }));
        Assert.That(File.Exists(Path.Combine(session.Results, ReportWriter.MarkdownName)));
        Assert.That(session.Call(call), Is.EqualTo(ExitCodes.Usage));
        Assert.That(session.Errors, Does.Contain("there is a run already"));
    }

    [Test]
    public void Commands_start_here_where_they_see_this_directory()
    {
        Time();
        session.Call("bench", "--rounds", "1", "--warmup", "0", "--", "true");
        Assert.That(session.Backends["process"].Launches[0].WorkingDirectory, Is.EqualTo(Directory.GetCurrentDirectory()));
    }
}
