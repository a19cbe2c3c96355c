using System.CommandLine;
using System.Globalization;
using UniBench.Cli.Running;
using UniBench.Measure;
using UniBench.Reports;
using UniBench.Reports.Languages;
using UniBench.Workbench;
using UniBench.Workbench.Running;
using UniBench.Workbench.Scripting;

namespace UniBench.Cli.Commands;

/// <summary>`unibench test`: launches every case of scenarios once and says whether it did what it was expected to do.</summary>
internal static class TestCommand
{
    public const string Name = "test";

    public static Command Create(CommandLine line)
    {
        ScenarioArguments scenarios = new("Scenario scripts, or directories of them. What follows -- is theirs, as Args.");
        Option<string?> junit = new("--junit") { Description = "Write the outcomes as JUnit XML, too.", HelpName = "FILE" };
        Option<bool> first = new("--exit-first", "-x") { Description = "End after the first failure." };
        Option<bool> again = new("--last-failed") { Description = "Only the cases that failed when they were tested last; all where none did." };
        Command command = new(Name, "Launches every case once and checks what it expects; measures nothing.");
        scenarios.AddTo(command);
        new Option[] { junit, first, again }.ToList().ForEach(command.Add);
        command.SetAction(parsed =>
        {
            using Interruption interruption = new();
            RunOptions options = scenarios.LaunchOptions(parsed, line) with { Rounds = 1, WarmupRounds = 0, Formats = [], StopAtFailure = parsed.GetValue(first) };
            IReadOnlyList<ScenarioPlan> plans = scenarios.Read(parsed, line, interruption.Token);
            Progress progress = new(TextWriter.Null, live: false, 80);
            using BackendSet set = ScenarioArguments.Make(options, line, Progress.On(line.Errors));
            FailedCases failed = FailedCases.OfUser();
            bool onlyFailed = parsed.GetValue(again) && failed.Any(plans.Select(p => p.Path));
            if (parsed.GetValue(again) && !onlyFailed)
            {
                line.Errors.WriteLine("unibench: --last-failed: no case of these scenarios failed the last time, so all are tested");
            }

            plans = [.. plans.Where(p => !onlyFailed || failed.Any([p.Path]))];
            plans = ScenarioArguments.WithChosen(plans, options, set, line);
            string folder = Directory.CreateTempSubdirectory("unibench-test-").FullName;
            try
            {
                List<ReportRun> runs = [];
                bool missing = options.BackendsRequired && set.Unavailable.Count > 0;
                foreach (ScenarioPlan plan in plans)
                {
                    string directory = Path.Combine(folder, runs.Count.ToString(CultureInfo.InvariantCulture));
                    RunOptions own = onlyFailed ? options with { Chosen = point => failed.Has(plan.Path, point.Id) && (options.Chosen?.Invoke(point) ?? true) } : options;
                    MeasuredScenario measured = new ScenarioRunner(own, set, new WatchedRun(progress, TextWriter.Null, interruption, directory)).Run(plan, directory, interruption.Token);
                    if (measured.Ending == Ending.Interrupted)
                    {
                        return ExitCodes.Interrupted;
                    }

                    missing |= measured.Ending == Ending.BackendUnavailable;
                    if (measured is { Ending: not Ending.NothingMeasured, Results: { } results })
                    {
                        runs.Add(new ReportRun(plan.Name, results));
                        Tell(line.Output, results);
                        failed.Note(plan.Path, Cases(results));
                        if (options.StopAtFailure && results.Cases.Any(c => c.Status == CaseStatus.Failed))
                        {
                            break;
                        }
                    }
                }

                failed.Save(line.Errors);
                Write(parsed.GetValue(junit), runs);
                return Sum(line.Output, [.. runs.SelectMany(r => Cases(r.Results))], missing);
            }
            finally
            {
                Directory.Delete(folder, recursive: true);
            }
        });
        return command;
    }

    /// <summary>A case is what is tested; its metrics share one fate.</summary>
    private static IEnumerable<CaseMetric> Cases(RunResults results) => results.Cases
        .GroupBy(c => c.Id)
        .Select(g => g.FirstOrDefault(c => c.Status == CaseStatus.Failed) ?? g.FirstOrDefault(c => c.Status == CaseStatus.NotRun) ?? g.First());

    private static void Tell(TextWriter output, RunResults results)
    {
        foreach (CaseMetric one in Cases(results))
        {
            string reason = results.Rounds.FirstOrDefault(r => r.CaseId == one.Id && r.Status == CaseStatus.Failed)?.Reason ?? one.Reason ?? "";
            output.WriteLine(one.Status switch
            {
                CaseStatus.Ok => $"ok    {one.Id}",
                CaseStatus.Failed => $"FAIL  {one.Id}: {reason}",
                _ => $"skip  {one.Id}: {reason}",
            });
        }
    }

    private static int Sum(TextWriter output, CaseMetric[] cases, bool backendMissing)
    {
        int Count(string status) => cases.Count(c => c.Status == status);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Count(CaseStatus.Ok)} passed, {Count(CaseStatus.Failed)} failed, {Count(CaseStatus.NotRun)} skipped"));
        return Count(CaseStatus.Failed) > 0 ? ExitCodes.WorkloadFailed
            : backendMissing ? ExitCodes.BackendUnavailable
            : Count(CaseStatus.Ok) == 0 ? ExitCodes.NothingMeasured
            : ExitCodes.Ok;
    }

    private static void Write(string? junit, List<ReportRun> runs)
    {
        if (junit is null)
        {
            return;
        }

        try
        {
            File.WriteAllText(junit, ReportWriter.Render(runs, ReportFormat.Junit, Language.English).Single().Text);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"--junit: {FileErrors.Text(e)}");
        }
    }
}
