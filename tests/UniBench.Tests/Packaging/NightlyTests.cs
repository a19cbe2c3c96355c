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
            Assert.That(Directory.GetFiles(Path.Combine(folder, "store", "baselines")).Select(f => Path.GetFileName(f).Split('.')[0]), Is.EquivalentTo(new[] { "nightly-syscalls", "release-syscalls" }));
            Assert.That(File.ReadAllText(Path.Combine(night2, "summary.md")), Does.Contain("Gates of syscalls").And.Contain("| case |").And.Contain("Lasting steps"));
        });
    }

    /// <summary>A unibench that ends as it is told: what the script makes of it.</summary>
    [TestCase("run=4 gate=5", 4)]
    [TestCase("gate=5", 5)]
    [TestCase("gate=10", 10)]
    [TestCase("selftest=12 gate=10", 12)]
    [TestCase("", 0)]
    public void A_night_ends_with_the_first_bad_status_and_goes_on_all_the_same(string statuses, int expected)
    {
        (int code, string output) = Nightly(Stub(statuses));
        string[] calls = File.ReadAllLines(Path.Combine(folder, "calls"));
        Assert.That(code, Is.EqualTo(expected), output);
        Assert.That(calls, Has.One.StartsWith("run syscalls --backends unikernel,process "));
        Assert.That(calls, Has.One.StartsWith("gate ").And.One.StartsWith("history add "), "bad nights, too, are history");
        Assert.That(File.ReadAllText(Path.Combine(folder, "out", "summary.md")).Contains("exit status", StringComparison.Ordinal), Is.EqualTo(expected != 0));
    }

    [TestCase("", 0)]
    [TestCase("gate=10", 10)]
    [TestCase("run=3 gate=10", 3)]
    public void A_pull_request_is_measured_beside_the_commit_it_goes_into_and_says_so_in_a_comment(string statuses, int expected)
    {
        (int code, string output) = Script("pull-request", ["abc123"], Stub(statuses));
        Assert.That(code, Is.EqualTo(expected), output);
        string[] calls = File.ReadAllLines(Path.Combine(folder, "calls"));
        Assert.That(calls, Has.One.StartsWith("run pipeline --against abc123 --backends unikernel,sandbox --rounds 40 ").And.One.StartsWith("run forkstorm --against abc123 "));
        Assert.That(calls.Count(c => c.StartsWith("gate ", StringComparison.Ordinal)), Is.EqualTo(2));
        string comment = File.ReadAllText(Path.Combine(folder, "out", "comment.md"));
        Assert.That(comment, Does.StartWith("# The engine, beside that of abc123\n").And.Contain("## forkstorm\n").And.Contain("said compare "));
        Assert.That(comment.Contains("exit status", StringComparison.Ordinal), Is.EqualTo(expected != 0));
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

    /// <summary>A unibench that ends as it is told, for the scripts.</summary>
    private string Stub(string statuses)
    {
        string stub = Path.Combine(folder, "unibench");
        File.WriteAllText(stub, $$"""
            #!/bin/sh
            echo "$*" >>{{folder}}/calls
            echo "said $*"
            if [ "$1" = run ]; then
                while [ "$1" != --out ]; do shift; done
                mkdir -p "$2" && : >"$2/results.json"
                set -- run
            fi
            for one in {{statuses}}; do [ "${one%=*}" != "$1" ] || exit "${one#*=}"; done
            """);
        return $"sh {stub}";
    }

    private (int Code, string Output) Nightly(string? unibench = null) => Script("nightly", [], unibench);

    private (int Code, string Output) Script(string name, string[] arguments, string? unibench)
    {
        ProcessStartInfo start = new("bash", [Path.Combine(Repository, ".ci", name), Path.Combine(folder, "out"), .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["UNIBENCH"] = unibench ?? $"dotnet {typeof(UniBench.Cli.ExitCodes).Assembly.Location}";
        start.Environment["UNIBENCH_STORE"] = Path.Combine(folder, "store");
        start.Environment["NIGHTLY_SCENARIOS"] = "syscalls";
        start.Environment["NIGHTLY_ROUNDS"] = "8"; // the fewest with a verdict; the one asked for is far from any noise
        start.Environment["NIGHTLY_BACKENDS"] = "unikernel,process";
        start.Environment["NIGHTLY_SELFTEST"] = "20";
        start.Environment["NIGHTLY_MICRO"] = "";
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + errors.Result);
    }
}
