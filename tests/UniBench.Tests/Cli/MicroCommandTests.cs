using NUnit.Framework;
using UniBench.Cli.Running;
using UniBench.Measure;
using UniBench.Reports;
using UniBench.Tests.Measure;
using UniBench.Workbench;

namespace UniBench.Tests.Cli;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
[Slow]
internal sealed class MicroCommandTests : IDisposable
{
    private const string Report = """
        {"Title":"X","Benchmarks":[
          {"Type":"EngineBenchmarks","Method":"Clone","Parameters":"heap=16&writer=child","Measurements":[
            {"IterationMode":"Overhead","IterationStage":"Actual","LaunchIndex":1,"IterationIndex":1,"Operations":100,"Nanoseconds":10},
            {"IterationMode":"Workload","IterationStage":"Warmup","LaunchIndex":1,"IterationIndex":1,"Operations":100,"Nanoseconds":90000},
            {"IterationMode":"Workload","IterationStage":"Result","LaunchIndex":1,"IterationIndex":1,"Operations":100,"Nanoseconds":5000},
            {"IterationMode":"Workload","IterationStage":"Result","LaunchIndex":1,"IterationIndex":2,"Operations":200,"Nanoseconds":14000}]}]}
        """;

    private readonly string folder = Directory.CreateTempSubdirectory("unibench-tests-").FullName;
    private readonly Session session = new();

    public void Dispose()
    {
        session.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    [Test]
    public void An_iteration_of_a_benchmark_is_a_round_of_a_case()
    {
        File.WriteAllText(Path.Combine(folder, "x-report-full.json"), Report);
        RunResults results = MicroResults.Read(folder, Path.Combine(folder, "out"), Fabricated.Description().Environment)!.WriteReport(interrupted: false);
        CaseMetric only = results.Cases.Single();
        Assert.Multiple(() =>
        {
            Assert.That(only.Id, Is.EqualTo("micro/EngineBenchmarks.Clone{heap=16,writer=child}/unikernel/free"));
            Assert.That(only.Samples, Is.EqualTo(new[] { 50.0, 70.0 }));
            Assert.That((only.Metric, only.Unit), Is.EqualTo(("time", "ns")));
            Assert.That(ResultsFile.Load(Path.Combine(folder, "out", ResultsFile.Name)).Cases, Has.Count.EqualTo(1));
        });
    }

    [Test]
    public void A_benchmark_says_by_a_parameter_on_which_backend_it_ran()
    {
        File.WriteAllText(Path.Combine(folder, "x-report-full.json"), Report.Replace("heap=16&", "backend=sandbox&", StringComparison.Ordinal));
        RunResults results = MicroResults.Read(folder, Path.Combine(folder, "out"), Fabricated.Description().Environment)!.WriteReport(interrupted: false);
        Assert.That(results.Cases.Single().Id, Is.EqualTo("micro/EngineBenchmarks.Clone{writer=child}/sandbox/free"));
    }

    [Test]
    public void A_file_of_another_kind_is_refused_by_name()
    {
        File.WriteAllText(Path.Combine(folder, "x-report-full.json"), "{}");
        Assert.That(() => MicroResults.Read(folder, folder, Fabricated.Description().Environment), Throws.TypeOf<UsageException>().With.Message.Contains("x-report-full.json"));
    }

    [Test]
    public void Benchmarks_are_run_and_reported_like_a_scenario()
    {
        string results = Path.Combine(folder, "out");
        Assert.That(session.Call("micro", "--filter", "*RingBenchmarks*", "--quick", "--out", results), Is.Zero, session.Errors);
        Assert.That(session.Out, Does.Contain("RingBenchmarks.HoldAndRelease: time"));
        Assert.That(File.ReadAllText(Path.Combine(results, ReportWriter.MarkdownName)), Does.Contain("RingBenchmarks.HoldAndRelease"));
    }
}
