using NUnit.Framework;
using UniBench.Workloads;

namespace UniBench.Tests.Engine;

/// <summary>What the engine tells of a family's life.</summary>
[TestFixture(EngineRun.Kvm)]
[TestFixture(EngineRun.Sandbox)]
internal sealed class TimelineTests(string machine)
{
    private const string Script = "seq 1 20000 | { read first; wc -c; }; /bin/busybox true; sleep 0.01 & wait";
    private RecordedTimeline timeline = null!;
    private IReadOnlyDictionary<string, long> counters = null!;

    [OneTimeSetUp]
    public void RunOnce()
    {
        EngineRun.Use(machine);
        timeline = new RecordedTimeline();
        EngineOutput run = EngineRun.Run(
            [new ProcessSpec(Backends.Shell.Busybox, ["busybox", "sh", "-c", Script])],
            s => s with { Timeline = timeline, Mounts = [new Mount("/", "/", Writable: false)] });
        Assert.That(run.Result.Stages.Single().IsSuccess, run.Stdout);
        counters = run.Result.Counters;
    }

    [Test]
    public void Every_process_begins_and_ends()
    {
        Assert.That(timeline.Ends, Has.Count.EqualTo((int)counters["forks"] + 1));
        Assert.That(timeline.Programs.Select(p => p.Pid).Distinct(), Is.EquivalentTo(timeline.Ends.Select(e => e.Pid)));
        Assert.That(timeline.Ends.Select(e => e.Status), Is.All.EqualTo(ExitStatus.Exited(0).ToString()));
    }

    [Test]
    public void Exec_is_a_second_program_of_the_process()
    {
        Assert.That(counters["execs"], Is.Positive);
        Assert.That(timeline.Programs, Has.Count.EqualTo((int)(counters["forks"] + 1 + counters["execs"])));
    }

    [Test]
    public void A_fork_joins_a_call_of_the_parent_with_the_childs_first_instant()
    {
        var forks = timeline.Links.Where(l => l.Kind == "fork").ToArray();
        Assert.That(forks.Select(f => f.To), Is.Unique);
        Assert.That(forks, Has.Length.EqualTo(timeline.Ends.Count - 1));
        foreach (var fork in forks)
        {
            Assert.That(timeline.Calls, Has.Some.Matches<(int Pid, string Name, string? Detail, long From, long To)>(
                c => c.Pid == fork.From && c.Name is "fork" or "vfork" && c.Detail == $"pid {fork.To}" && c.From <= fork.Sent && fork.Sent <= c.To));
            Assert.That(timeline.Programs.First(p => p.Pid == fork.To).At, Is.EqualTo(fork.Received));
        }
    }

    [Test]
    public void Calls_of_a_process_lie_one_behind_the_other_inside_its_life()
    {
        foreach (var calls in timeline.Calls.GroupBy(c => c.Pid))
        {
            long last = timeline.Programs.First(p => p.Pid == calls.Key).At;
            foreach (var call in calls.OrderBy(c => c.From))
            {
                Assert.That(call.From, Is.GreaterThanOrEqualTo(last), $"{call}");
                Assert.That(call.To, Is.GreaterThanOrEqualTo(call.From), $"{call}");
                last = call.To;
            }

            Assert.That(timeline.Ends.Single(e => e.Pid == calls.Key).At, Is.GreaterThanOrEqualTo(last));
        }
    }

    [Test]
    public void A_sleep_and_a_wait_are_there_with_their_length()
    {
        var sleep = timeline.Calls.Single(c => c.Name == "sleep");
        Assert.That(sleep.To - sleep.From, Is.GreaterThan(8_000_000), "it began before it came to the monitor");
        Assert.That(timeline.Calls, Has.Some.Matches<(int Pid, string Name, string? Detail, long From, long To)>(c => c.Name == "exit" && c.Pid == sleep.Pid));
    }

    [Test]
    public void A_pipe_tells_of_every_byte()
    {
        Assert.That(timeline.Pipes.Select(p => p.Id).Distinct().Count(), Is.EqualTo(1));
        Assert.That(timeline.Pipes.Aggregate(0UL, (sum, p) => sum + p.Written), Is.EqualTo(108_894));
        Assert.That(timeline.Pipes.Select(p => p.Inside), Is.All.LessThanOrEqualTo(65_536));
        Assert.That(timeline.Pipes.Zip(timeline.Pipes.Skip(1)), Is.All.Matches<((uint, ulong, ulong, long, long To) First, (uint, ulong, ulong, long From, long) Second)>(p => p.Second.From >= p.First.To));
    }

    [Test]
    public void Who_is_killed_ends_with_the_signal()
    {
        RecordedTimeline killed = new();
        EngineRun.Run("engine/misbehave", "spin", s => s with { Timeout = TimeSpan.FromMilliseconds(100), Timeline = killed });
        Assert.That(killed.Ends.Single().Status, Is.EqualTo(ExitStatus.Killed(9).ToString()));
    }
}
