using NUnit.Framework;
using UniBench.Cli;
using UniBench.Cli.Running;
using UniBench.Measure;
using UniBench.Reports;
using UniBench.Workbench.Running;
using UniBench.Workbench.Scripting;
using UniBench.Workloads;

namespace UniBench.Tests.Cli;

internal sealed class InterruptionTests
{
    private const string Script = "Case(\"a\", Program(\"true\")).Metric(\"rtt_p50\", \"ns\", Lower);";

    [Test]
    public void Ctrl_C_keeps_what_was_measured_writes_the_report_and_ends_with_130()
    {
        using Session session = new();
        using Interruption interruption = new(_ => Assert.Fail("one signal does not end the process"));
        ReplayBackend backend = new("process")
        {
            Answer = (_, n) =>
            {
                if (n == 4)
                {
                    interruption.Raise();
                }

                return ReplayBackend.Printed("@sample rtt_p50 ns 100\n");
            },
        };
        using StringWriter output = new(), errors = new();
        Assert.That(Run(session, backend, interruption, output, errors), Is.EqualTo(ExitCodes.Interrupted));
        RunResults results = ResultsFile.Load(Path.Combine(session.Results, ResultsFile.Name));
        Assert.Multiple(() =>
        {
            Assert.That(results.Interrupted, Is.True);
            Assert.That(results.Rounds, Has.Count.EqualTo(4), "the launch in flight does not count");
            Assert.That(backend.Launches, Has.Count.EqualTo(5), "nothing is launched afterwards");
            Assert.That(File.ReadAllText(Path.Combine(session.Results, "report.md")), Does.Contain("nterrupted"));
            Assert.That(output.ToString(), Does.Contain("interrupted: partial results"));
            Assert.That(errors.ToString(), Does.Contain("interrupted after 4 launches").And.Contain(session.Results));
        });
    }

    [Test]
    public void A_second_Ctrl_C_waits_until_the_launch_in_flight_has_cleaned_up()
    {
        List<string> order = [];
        using ManualResetEventSlim launched = new(), exited = new();
        using Interruption interruption = new(code =>
        {
            lock (order)
            {
                order.Add($"exit {code}");
            }

            exited.Set();
        });
        Thread user = new(() =>
        {
            launched.Wait();
            interruption.Raise();
            interruption.Raise();
        });
        user.Start();
        interruption.Guard(() =>
        {
            launched.Set();
            interruption.Token.WaitHandle.WaitOne();
            lock (order)
            {
                order.Add("cleaned up");
            }

            return 0;
        });
        user.Join();
        exited.Wait();
        Assert.That(order, Is.EqualTo(new[] { "cleaned up", "exit 130" }));
    }

    [Test]
    public void A_script_that_never_ends_can_be_interrupted()
    {
        using Session session = new();
        using CancellationTokenSource source = new();
        string path = session.Script("while (true) { if (Args.Count > 5) break; System.Threading.Thread.Yield(); }");
        ScenarioReader reader = new(ProgramCatalog.Shipped(), new ParameterOverrides([]), [], cache: null);
        Task<ScenarioPlan> reading = Task.Run(() => reader.Read(path, source.Token));
        source.Cancel();
        Assert.That(async () => await reading, Throws.InstanceOf<OperationCanceledException>());
    }

    private static int Run(Session session, IBackend backend, Interruption interruption, TextWriter output, TextWriter errors)
    {
        ScenarioReader reader = new(ProgramCatalog.Shipped(), new ParameterOverrides([]), [], cache: null);
        ScenarioPlan plan = reader.Read(session.Script(Script), CancellationToken.None);
        RunOptions options = new() { Backends = ["process"], Rounds = 10, WarmupRounds = 1, Seed = 1, CommandLine = "unibench run test.csx" };
        using BackendSet set = new(options.Backends, _ => backend);
        WatchedRun watched = new(new Progress(errors, live: false, 80), output, interruption, session.Results);
        return ExitCodes.Of(new ScenarioRunner(options, set, watched).Run(plan, session.Results, interruption.Token).Ending);
    }
}
