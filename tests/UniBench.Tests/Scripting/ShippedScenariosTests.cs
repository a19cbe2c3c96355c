using NUnit.Framework;
using UniBench.Tests.Conformance;
using UniBench.Workbench.Running;
using UniBench.Workbench.Scripting;

namespace UniBench.Tests.Scripting;

internal sealed class ShippedScenariosTests
{
    /// <summary>Programs that not every machine has, by the scenario that needs them.</summary>
    private static readonly Dictionary<string, string[]> Needs = new()
    {
        ["compose.csx"] = ["busybox"],
        ["shell.csx"] = ["busybox", "bash-static"],
        ["work.csx"] = ["make", "gcc", "git", "/usr/bin/python3"],
    };

    public static IEnumerable<string> Scenarios => Directory.EnumerateFiles(Path.Combine(ConformancePrograms.Repository, "scenarios"), "*.csx")
        .Select(f => Path.GetFileName(f)).Where(f => !f.StartsWith('_')).Order(StringComparer.Ordinal);

    [TestCaseSource(nameof(Scenarios))]
    public void Its_plan_is_valid_and_its_programs_exist(string scenario)
    {
        ScenarioPlan plan = Read(scenario);
        RunOptions options = new() { Rounds = 1, WarmupRounds = 0, Seed = 1, CommandLine = "" };
        IReadOnlyList<LaunchableCase> runs = PlannedCases.Build(plan, options, new Dictionary<string, string>());
        Assert.Multiple(() =>
        {
            Assert.That(plan.Scenario.Questions, Is.Not.Empty);
            Assert.That(runs.Select(r => r.Planned.Point.Id), Is.Unique);
            Assert.That(runs.Select(r => r.Planned.Point.Backend).Distinct(), Is.EquivalentTo(options.Backends));
            Assert.That(runs.SelectMany(r => r.Request.Stages).Select(s => s.Path).Distinct(), Has.All.Matches<string>(File.Exists));
            Assert.That(runs.Count * (RunOptions.DefaultRounds + Pacing.MostWarmup(RunOptions.DefaultRounds)) / options.Backends.Count, Is.LessThan(850), "a full run has to end in minutes");
        });
    }

    [TestCaseSource(nameof(Scenarios))]
    public void It_is_short_enough_to_be_read_at_once(string scenario) =>
        Assert.That(File.ReadAllLines(Path.Combine(ConformancePrograms.Repository, "scenarios", scenario)), Has.Length.LessThan(40));

    private static ScenarioPlan Read(string scenario)
    {
        string? missing = Needs.GetValueOrDefault(scenario, []).FirstOrDefault(p => ProgramCatalog.Shipped().TryFind(p, "/") is null);
        if (missing is not null)
        {
            Assert.Ignore($"{missing} is not installed");
        }

        return Scripts.Read(Path.Combine(ConformancePrograms.Repository, "scenarios", scenario));
    }
}
