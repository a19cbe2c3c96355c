using NUnit.Framework;
using UniBench.Backends;
using UniBench.Cli;
using UniBench.Measure;

namespace UniBench.Tests.Cli;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class SameOutputTests : IDisposable
{
    private const string Comparing = "Case(\"a\", Program(\"true\")).Placements(Free, Same).SameOutput().Metric(\"wall_ms\", \"ms\", Lower);";
    private readonly Session session = new("same\nlines\n");

    public void Dispose() => session.Dispose();

    [Test]
    public void Backends_that_print_the_same_are_fine_and_the_report_says_so()
    {
        Assert.That(session.Run(Comparing, "--rounds", "2"), Is.EqualTo(ExitCodes.Ok), session.Errors);
        Finding finding = session.Load().Findings.Single(f => f.Code == "same-output");
        Assert.That(finding.Severity, Is.EqualTo(Severity.Info));
        Assert.That(finding.Message, Does.Contain("container, process, sandbox, unikernel: test/a"));
    }

    [TestCase(0)]
    [TestCase(1)]
    public void A_backend_that_prints_something_else_fails_and_the_difference_is_shown(int warmup)
    {
        Print("unikernel", "same\nlimes\nmore\n");
        Assert.That(session.Run(Comparing, "--rounds", "3", "--warmup", $"{warmup}"), Is.EqualTo(ExitCodes.WorkloadFailed));
        RunResults results = session.Load();
        Assert.Multiple(() =>
        {
            Assert.That(results.Cases.Where(c => c.Status != CaseStatus.Ok).Select(c => c.Id), Is.EquivalentTo(new[] { "test/a/unikernel/free", "test/a/unikernel/same" }));
            Assert.That(results.Cases.Where(c => c.Id.Contains("unikernel", StringComparison.Ordinal)).Select(c => c.Samples.Count), Is.All.Zero, "a wrong answer's time is no result");
            Assert.That(session.Errors, Does.Contain("unikernel printed 16 bytes, process 11; line 2 is the first that differs: unikernel 'limes\\n', process 'lines\\n'"));
            Assert.That(results.Findings.Select(f => f.Code), Has.Member("given-up").And.No.Member("same-output").And.No.Member("output-not-compared"));
        });
    }

    [Test]
    public void The_process_is_right_whoever_ran_first()
    {
        Print("process", "other\n");
        session.Run(Comparing, "--rounds", "2", "--warmup", "0");
        string[] failed = [.. session.Load().Cases.Where(c => c.Status != CaseStatus.Ok).Select(c => c.Id.Split('/')[2]).Distinct()];
        Assert.That(failed, Is.EquivalentTo(new[] { "unikernel", "sandbox", "container" }));
    }

    [Test]
    public void Placements_of_one_backend_are_compared_too()
    {
        session.Use(new ReplayBackend("process") { Answer = (request, _) => ReplayBackend.Printed(request.Cpus.Count == 0 ? "free\n" : "same\n") });
        Assert.That(session.Run(Comparing, "--backends", "process", "--rounds", "1", "--warmup", "0"), Is.EqualTo(ExitCodes.WorkloadFailed));
        Assert.That(session.Errors, Does.Contain("process/same").And.Contain("process/free"));
    }

    [Test]
    public void Lines_for_unibench_may_differ()
    {
        Print("unikernel", "@sample x ns 1\nsame\n@hist x ns 1:2\nlines\n");
        Assert.That(session.Run(Comparing, "--rounds", "1"), Is.EqualTo(ExitCodes.Ok), session.Errors);
    }

    [Test]
    public void What_the_failed_one_wrote_to_stderr_is_part_of_the_reason()
    {
        session.Use(new ReplayBackend("unikernel") { Answer = (_, _) => ReplayBackend.Ended(UniBench.Workloads.ExitStatus.Exited(0), "same\n", "cat: /dev/fd/63: no such file\n") });
        session.Run(Comparing, "--rounds", "1");
        Assert.That(session.Errors, Does.Contain("process 'lines\\n': cat: /dev/fd/63: no such file"));
    }

    [Test]
    public void A_failed_launch_is_not_compared()
    {
        session.Use(new ReplayBackend("process") { Answer = (_, _) => ReplayBackend.Ended(UniBench.Workloads.ExitStatus.Exited(1), "half") });
        session.Run(Comparing, "--rounds", "1");
        Assert.That(session.Load().Cases.Where(c => c.Status != CaseStatus.Ok).Select(c => c.Id.Split('/')[2]).Distinct(), Is.EqualTo(new[] { "process" }));
    }

    [Test]
    public void One_backend_alone_is_a_finding()
    {
        Assert.That(session.Run(Comparing, "--backends", "unikernel", "--rounds", "1"), Is.EqualTo(ExitCodes.Ok), session.Errors);
        Assert.That(session.Load().Findings.Single(f => f.Code == "output-not-compared").Message, Does.Contain("unikernel alone").And.Contain("test/a"));
    }

    [Test]
    public void A_case_that_prints_nothing_fails()
    {
        foreach (string backend in BackendRegistry.Names)
        {
            Print(backend, "");
        }

        Assert.That(session.Run(Comparing, "--rounds", "1"), Is.EqualTo(ExitCodes.WorkloadFailed));
        Assert.That(session.Errors, Does.Contain("printed nothing"));
    }

    [TestCase("a\nb", "a\nb\n", "line 2 is the first that differs: new 'b', old 'b\\n'")]
    [TestCase("a\n", "a\nb\n", "line 2 is the first that differs: new nothing, old 'b\\n'")]
    [TestCase("\t\u0001é\n", "x\n", "new '\\x09\\x01\\xc3\\xa9\\n', old 'x\\n'")]
    public void What_cannot_be_seen_is_written_out(string output, string right, string message) =>
        Assert.That(Lines(output).DifferenceFrom(Lines(right), "new", "old"), Does.Contain(message));

    [Test]
    public void Of_a_long_line_the_part_around_the_difference_is_shown()
    {
        string message = Lines(new string('a', 500) + "b" + new string('c', 500)).DifferenceFrom(Lines(new string('a', 1001)), "new", "old")!;
        Assert.That(message, Does.Contain($"new ...'{new string('a', 30)}b{new string('c', 29)}'...").And.Contain($"old ...'{new string('a', 60)}'..."));
    }

    private static UniBench.Workbench.Running.PrintedLines Lines(string text) => UniBench.Workbench.Running.PrintedLines.Of(System.Text.Encoding.UTF8.GetBytes(text));

    private void Print(string backend, string text) => session.Use(new ReplayBackend(backend) { Answer = (_, _) => ReplayBackend.Printed(text) });
}
