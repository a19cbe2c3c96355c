using System.Text.Json;
using NUnit.Framework;
using UniBench.Backends;
using UniBench.Cli;
using UniBench.Reports.Timelines;
using UniBench.Workbench.Running;
using UniBench.Workloads;

namespace UniBench.Tests.Cli;

/// <summary>--timeline: the file, and who writes one.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class TimelineFileTests : IDisposable
{
    private readonly Session session = new();

    private string FilePath => Path.Combine(session.Folder, "timeline.json");

    public void Dispose() => session.Dispose();

    [Test]
    public void Processes_are_rows_of_a_launchs_group_with_their_programs_calls_arrows_and_curves()
    {
        using (TimelineFile file = new(FilePath, Assert.Fail))
        {
            LaunchTimeline launch = new(file, "a \"case\"");
            launch.Runs(2, "sh", 1_000_000);
            launch.Link("fork", 2, 2_000_000, 3, 2_500_000);
            launch.Runs(3, "sh", 2_500_000);
            launch.Runs(3, "sort", 3_000_000);
            launch.Call(2, "wait", "pid 3", 3_000_000, 5_000_500);
            launch.Pipe(1001, 4096, 100, 3_000_000, 4_000_000);
            launch.Ended(3, "exited with 0", 5_000_000);
            launch.Ended(2, "killed by signal 9", 6_000_000);
        }

        Assert.That(Lines(), Is.EqualTo(new[]
        {
            """{"name":"process_name","ph":"M","pid":1,"tid":0,"args":{"name":"a \"case\""}}""",
            """{"name":"thread_name","ph":"M","pid":1,"tid":2,"args":{"name":"sh 2"}}""",
            """{"name":"sh","ph":"B","pid":1,"tid":2,"ts":0}""",
            """{"name":"fork","ph":"s","pid":1,"tid":2,"ts":1000,"cat":"fork","id":1}""",
            """{"name":"fork","ph":"f","pid":1,"tid":3,"ts":1500,"cat":"fork","id":1,"bp":"e"}""",
            """{"name":"thread_name","ph":"M","pid":1,"tid":3,"args":{"name":"sh 3"}}""",
            """{"name":"sh","ph":"B","pid":1,"tid":3,"ts":1500}""",
            """{"ph":"E","pid":1,"tid":3,"ts":2000,"args":{"result":"exec sort"}}""",
            """{"name":"thread_name","ph":"M","pid":1,"tid":3,"args":{"name":"sort 3"}}""",
            """{"name":"sort","ph":"B","pid":1,"tid":3,"ts":2000}""",
            """{"name":"wait","ph":"X","pid":1,"tid":2,"ts":2000,"dur":2000.5,"args":{"result":"pid 3"}}""",
            """{"name":"pipe 1001","ph":"C","pid":1,"tid":0,"ts":2000,"args":{"MB/s":4.096}}""",
            """{"name":"pipe 1001","ph":"C","pid":1,"tid":0,"ts":3000,"args":{"MB/s":0}}""",
            """{"name":"pipe 1001 holds","ph":"C","pid":1,"tid":0,"ts":3000,"args":{"bytes":100}}""",
            """{"ph":"E","pid":1,"tid":3,"ts":4000,"args":{"result":"exited with 0"}}""",
            """{"ph":"E","pid":1,"tid":2,"ts":5000,"args":{"result":"killed by signal 9"}}""",
        }));
    }

    [Test]
    public void A_file_without_launches_is_still_JSON()
    {
        new TimelineFile(FilePath, Assert.Fail).Dispose();
        Assert.That(JsonDocument.Parse(File.ReadAllText(FilePath)).RootElement.GetArrayLength(), Is.Zero);
    }

    [Test]
    public void Exec_names_its_launch_after_the_command()
    {
        session.Use(Living());
        Assert.That(session.Call("exec", "--timeline", FilePath, "--", "true", "x"), Is.Zero, session.Errors);
        Assert.That(Lines()[0], Does.Contain("\"true x\""));
    }

    [Test]
    public void Run_launches_each_unikernel_case_once_more_and_measures_that_not()
    {
        session.Use(Living());
        session.Use(new ReplayBackend("sandbox") { Availability = new Availability("not here", "elsewhere") });
        Assert.That(session.Run("Case(\"a\", Program(\"true\")).Metric(\"wall_ms\", \"ms\", Lower);", "--rounds", "3", "--timeline", FilePath), Is.Zero, session.Errors);
        Assert.That(Lines().Where(l => l.Contains("process_name", StringComparison.Ordinal)).Single(), Does.Contain("test/a/unikernel/free"));
        Assert.That(session.Backends["unikernel"].Launches.Select(l => l.Timeline is not null), Is.EqualTo(new[] { false, false, false, false, true }));
        Assert.That(session.Backends["process"].Launches.Select(l => l.Timeline), Is.All.Null);
        Assert.That(session.Load().Rounds.Where(r => r.CaseId == "test/a/unikernel/free").ToArray(), Has.Length.EqualTo(4));
    }

    [Test]
    public void A_full_disk_is_told_once_and_harms_nobody()
    {
        session.Use(new ReplayBackend("unikernel")
        {
            Answer = (request, _) =>
            {
                Enumerable.Range(0, 1000).ToList().ForEach(i => request.Timeline!.Call(2, "wait", null, i, i + 1));
                return ReplayBackend.Printed("");
            },
        });
        Assert.That(session.Call("exec", "--timeline", "/dev/full", "--", "true"), Is.Zero);
        Assert.That(session.Errors, Does.Match("^unibench: --timeline: No space left on device.*; the file ends there\n$"));
    }

    [TestCase("exec", "--backend", "process", "--timeline", "/tmp/x.json", "--", "true")]
    [TestCase("exec", "--timeline", "/no/such/folder/x.json", "--", "true")]
    public void What_cannot_write_one_says_so_and_launches_nothing(params string[] arguments)
    {
        Assert.That(session.Call(arguments), Is.EqualTo(ExitCodes.OwnFailure));
        Assert.That(session.Errors, Does.StartWith("unibench: --timeline: "));
        Assert.That(session.Backends.Values.SelectMany(b => b.Launches), Is.Empty);
    }

    [Test]
    public void Run_where_no_engine_can_run_fails_before_it_measures()
    {
        foreach (string engine in BackendRegistry.Engines)
        {
            session.Use(new ReplayBackend(engine) { Availability = new Availability("not here", "elsewhere") });
        }

        Assert.That(session.Run("Case(\"a\", Program(\"true\")).Metric(\"wall_ms\", \"ms\", Lower);", "--timeline", FilePath), Is.EqualTo(ExitCodes.BackendUnavailable));
        Assert.That(session.Backends.Values.SelectMany(b => b.Launches), Is.Empty);
    }

    [Test]
    public void Run_without_our_engine_refuses_it()
    {
        Assert.That(session.Run("Case(\"a\", Program(\"true\"));", "--backends", "process", "--timeline", FilePath), Is.EqualTo(ExitCodes.Usage));
        Assert.That(session.Errors, Does.Contain("none of them is among --backends"));
    }

    private static ReplayBackend Living() => new("unikernel")
    {
        Answer = (request, _) =>
        {
            request.Timeline?.Runs(2, "true", 1);
            return ReplayBackend.Printed("");
        },
    };

    /// <summary>Events, having checked that the whole is a JSON array of them.</summary>
    private string[] Lines()
    {
        string text = File.ReadAllText(FilePath);
        string[] lines = [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries)[1..^1].Select(l => l.TrimEnd(','))];
        Assert.That(JsonDocument.Parse(text).RootElement.GetArrayLength(), Is.EqualTo(lines.Length));
        return lines;
    }
}
