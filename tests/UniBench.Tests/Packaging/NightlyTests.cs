using System.Diagnostics;
using System.Xml.Linq;
using NUnit.Framework;
using UniBench.Tests.Conformance;

namespace UniBench.Tests.Packaging;

/// <summary>The script that the nightly workflow runs, with little work: the steps must fit each other.</summary>
internal sealed class NightlyTests
{
    private string folder = "";

    private static string Repository => ConformancePrograms.Repository;

    [SetUp]
    public void Make() => folder = Directory.CreateTempSubdirectory("unibench-tests-").FullName;

    [TearDown]
    public void Remove() => Directory.Delete(folder, recursive: true);

    [Test]
    [NeedsKvm]
    [Slow]
    [TooLongEmulated]
    public void Two_nights_measure_judge_and_keep_history()
    {
        Require.Kvm();
        for (int night = 0; night < 2; night++)
        {
            (int code, string output) = Nightly();
            Assert.That(code, Is.Zero, output);
        }

        string night2 = Path.Combine(folder, "out");
        Assert.Multiple(() =>
        {
            Assert.That(File.ReadAllText(Path.Combine(night2, "syscalls", "report.md")), Does.StartWith("# "));
            Assert.That((int)XDocument.Load(Path.Combine(night2, "gates-syscalls.xml")).Root!.Element("testsuite")!.Attribute("tests")!, Is.EqualTo(2));
            Assert.That(File.ReadAllLines(Path.Combine(folder, "store", "history.jsonl")), Has.Length.EqualTo(2));
            Assert.That(File.Exists(Path.Combine(night2, "trend", "trend.html")));
            Assert.That(File.Exists(Path.Combine(folder, "store", "baselines", "nightly-syscalls.json")));
        });
    }

    [Test]
    public void Every_gate_of_the_nightly_run_names_cases_that_its_scenario_declares()
    {
        foreach (string file in Directory.GetFiles(Path.Combine(Repository, ".ci", "gates")))
        {
            string name = Path.GetFileNameWithoutExtension(file);
            UniBench.Workbench.Scripting.ScenarioPlan plan = Scripting.Scripts.Read(Path.Combine(Repository, "scenarios", name + ".csx"));
            UniBench.Workbench.Running.RunOptions options = new() { Rounds = 1, Seed = 1, CommandLine = "" };
            var planned = UniBench.Workbench.Running.PlannedCases.Build(plan, options, new Dictionary<string, string>()).Select(p => p.Planned).ToArray();
            UniBench.Measure.RunResults results = UniBench.Measure.ResultsBuilder.Assemble(UniBench.Tests.Measure.Fabricated.Description(), planned, [], [], interrupted: true);
            foreach (UniBench.Measure.Comparing.Gate gate in UniBench.Cli.Comparing.GateFile.Read(file))
            {
                Assert.That(UniBench.Measure.Comparing.GateCheck.Matching(results, gate), Is.Not.Empty, $"{file}: {gate.Case} {gate.Metric}");
            }
        }
    }

    [Test]
    public void The_workflow_runs_the_script()
    {
        string workflow = File.ReadAllText(Path.Combine(Repository, ".github", "workflows", "nightly.yml"));
        Assert.That(workflow, Does.Contain("run: .ci/nightly nightly").And.Contain("path: .unibench"));
    }

    private (int Code, string Output) Nightly()
    {
        ProcessStartInfo start = new("bash", [Path.Combine(Repository, ".ci", "nightly"), Path.Combine(folder, "out")]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["UNIBENCH"] = $"dotnet {typeof(UniBench.Cli.ExitCodes).Assembly.Location}";
        start.Environment["UNIBENCH_STORE"] = Path.Combine(folder, "store");
        start.Environment["NIGHTLY_SCENARIOS"] = "syscalls";
        start.Environment["NIGHTLY_ROUNDS"] = "2"; // too few for a verdict, so that no noise of this machine decides the test
        start.Environment["NIGHTLY_SELFTEST"] = "20";
        start.Environment["NIGHTLY_MICRO"] = "";
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + errors.Result);
    }
}
