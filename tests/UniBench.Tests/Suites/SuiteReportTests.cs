using System.Text;
using NUnit.Framework;
using UniBench.Suites;
using UniBench.Workloads;

namespace UniBench.Tests.Suites;

[TestFixture]
internal sealed class SuiteReportTests
{
    private static LaunchResult Launched(ExitStatus status, string said = "", FamilyOutcome outcome = FamilyOutcome.Completed, params string[] unsupported) => new()
    {
        Outcome = outcome,
        Stages = [status],
        Stderr = Encoding.UTF8.GetBytes(said),
        Wall = TimeSpan.FromSeconds(0.5),
        StartedAt = 0,
        CpuUser = default,
        CpuSystem = default,
        CpuMonitor = default,
        MaxRssBytes = 0,
        MemoryMethod = "none",
        UnsupportedCalls = unsupported.ToDictionary(u => u, _ => 1L),
    };

    private static TestOutcome Outcome(ExitStatus status, string said = "", FamilyOutcome outcome = FamilyOutcome.Completed, params string[] unsupported) =>
        TestOutcome.Of(Launched(status, said, outcome, unsupported));

    [Test]
    public void The_cause_is_what_the_test_complained_of_first()
    {
        TestOutcome outcome = Outcome(ExitStatus.Exited(1), "kill05.c:9: TINFO: fine\nkill05.c:12: \x1b[1;31mTFAIL: \x1b[0mkill() | EPERM\nx: TBROK: later\n");
        Assert.That(outcome.Verdict, Is.EqualTo(Verdict.Failed));
        Assert.That(outcome.Cause, Is.EqualTo("TFAIL: kill() / EPERM"));
    }

    [Test]
    public void Or_what_the_engine_refused_or_how_it_ended()
    {
        Assert.That(Outcome(ExitStatus.Exited(2), "x: TBROK: no", FamilyOutcome.Completed, "socket", "bind").Cause, Is.EqualTo("ENOSYS: bind, socket; TBROK: no"));
        Assert.That(Outcome(ExitStatus.Killed(11)).Cause, Is.EqualTo("killed by signal 11"));
        Assert.That(Outcome(ExitStatus.Killed(9), "", FamilyOutcome.TimedOut).Cause, Is.EqualTo("time limit"));
        Assert.That(Outcome(ExitStatus.Exited(32), "x: TCONF: no device").Verdict, Is.EqualTo(Verdict.DoesNotApply));
        Assert.That(Outcome(ExitStatus.Exited(0), "x: TINFO: TFAIL is a word").Verdict, Is.EqualTo(Verdict.Passed));
    }

    [Test]
    public void Only_what_passes_on_Linux_is_counted()
    {
        SuiteReport report = new("LTP", "process", ["unikernel", "sandbox"]);
        TestOutcome passed = Outcome(ExitStatus.Exited(0)), failed = Outcome(ExitStatus.Exited(1), "x: TFAIL: wrong"), absent = Outcome(ExitStatus.Exited(32), "x: TCONF: absent");
        Add("pipe01", passed, passed, passed);
        Add("pipe02", passed, failed, failed);
        Add("pipe03", absent, absent, passed);
        Add("fork01_64", passed, passed, absent);
        Assert.That(report.Counted, Is.EqualTo(3));
        Assert.That(report.Percent("unikernel"), Is.EqualTo(200.0 / 3).Within(1e-9));
        Assert.That(report.Passed("sandbox"), Is.EqualTo(1));
        string text = report.ToMarkdown();
        Assert.That(text, Does.Contain("| pipe | 3 | 2 | 1 | 1 | pipe02: TFAIL: wrong |"));
        Assert.That(text, Does.Contain("| fork | 1 | 1 | 1 | 0 | fork01_64: sandbox: TCONF: absent |"));
        Assert.That(text, Does.Contain("- pipe03: TCONF: absent"));
        Assert.That(report.ToCsv(), Does.Contain("pipe,pipe02,sandbox,Failed,0.500,\"TFAIL: wrong\"\n"));

        void Add(string name, TestOutcome linux, TestOutcome unikernel, TestOutcome sandbox) =>
            report.Add(new SuiteTest(name, ["x"]), new Dictionary<string, TestOutcome> { ["process"] = linux, ["unikernel"] = unikernel, ["sandbox"] = sandbox });
    }
}
