using UniBench.Backends;
using UniBench.Cli.Scripting;
using UniBench.Measure;
using UniBench.Reports;

namespace UniBench.Cli.Running;

/// <summary>Runs one scenario: rounds over all backends in shuffled order, results saved on the way, a report in any case.</summary>
internal sealed class ScenarioRunner(RunOptions options, BackendSet backends, Progress progress, TextWriter output, Interruption interruption)
{
    /// <param name="directory">Where results and report go.</param>
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    /// <exception cref="UsageException">The directory cannot be written to.</exception>
    public int Run(ScenarioPlan scenario, IReadOnlyList<string> arguments, string directory)
    {
        IReadOnlyList<PlannedRun> plan = RunPlan.Build(scenario, options, backends.Unavailable);
        if (plan.Count == 0)
        {
            progress.Warn($"{scenario.Path}: none of its cases is for {string.Join(", ", options.Backends)}");
            return ExitCodes.NothingMeasured;
        }

        RunDescription description = new()
        {
            Title = scenario.Title,
            Questions = scenario.Scenario.Questions,
            Description = scenario.Scenario.DescriptionText,
            Environment = HostEnvironment.Describe(options, plan, backends.All),
            Scenario = new ScenarioInfo(scenario.Path, scenario.Sha256, arguments),
            RoundsPlanned = options.Rounds,
            WarmupRounds = options.WarmupRounds,
        };
        using ScratchDirectories scratches = new(scenario.Scenario.Scratches);
        scratches.Make();
        RunLog log = new(directory, description, [.. plan.Select(p => p.Planned)], []) { Formats = options.Formats };
        bool interrupted = true;
        try
        {
            Measure(plan, description.Title, log);
            interrupted = false;
        }
        catch (OperationCanceledException)
        {
            // Told below, together with where the files are.
        }
        finally
        {
            // Also when unibench itself fails: what was measured is not lost.
            progress.Finish();
            scratches.Findings(plan.SelectMany(p => p.Declaration.Changed)).ToList().ForEach(log.Note);
            RunResults results = log.WriteReport(interrupted);
            output.Write(SummaryText.Render(results));
            output.WriteLine($"\nreport: {string.Join(", ", log.Written)}\nresults: {Path.Combine(directory, ResultsFile.Name)}");
        }

        if (interrupted)
        {
            progress.Warn($"interrupted after {log.Rounds.Count} launches; they are kept in {directory}");
        }

        return CodeOf(log.Rounds, interrupted);
    }

    private void Measure(IReadOnlyList<PlannedRun> plan, string title, RunLog log)
    {
        Dictionary<string, PlannedRun> byId = plan.Where(p => p.Planned.NotRunReason is null).ToDictionary(p => p.Planned.Point.Id);
        IReadOnlyList<ScheduledLaunch> schedule =
            Schedule.Create([.. byId.Values.Select(p => p.Planned.Point)], options.Rounds, options.WarmupRounds, options.Seed);
        Failures failures = new(log, progress, id => byId[id].Request.Stages[0].Path);
        OutputComparison comparison = new();
        int round = -1;
        progress.Start(title, schedule.Count);
        try
        {
            foreach (ScheduledLaunch launch in schedule)
            {
                interruption.Token.ThrowIfCancellationRequested();
                if (launch.Round != round)
                {
                    Compare(comparison, failures);
                    round = launch.Round;
                }

                if (failures.HasGivenUp(launch.Case.Id))
                {
                    progress.Skip();
                    continue;
                }

                progress.Launching(launch);
                PlannedRun run = byId[launch.Case.Id];
                (RoundRecord record, LaunchResult? result) = interruption.Guard(
                    () => LaunchRecorder.Record(run, launch, backends.All[launch.Case.Backend], interruption.Token));
                failures.Add(record);
                if (run.Declaration.ComparesOutput && result is not null)
                {
                    comparison.Add(launch.Case, record, result);
                }
            }
        }
        finally
        {
            Compare(comparison, failures);
            comparison.Findings.ToList().ForEach(log.Note);
        }
    }

    private static void Compare(OutputComparison comparison, Failures failures)
    {
        foreach ((RoundRecord record, string reason) in comparison.EndRound())
        {
            failures.Fail(record, reason);
        }
    }

    private int CodeOf(IReadOnlyList<RoundRecord> rounds, bool interrupted)
    {
        RoundRecord[] measured = [.. rounds.Where(r => !r.Warmup)];
        return interrupted ? ExitCodes.Interrupted
            : measured.Any(r => r.Status != CaseStatus.Ok) ? ExitCodes.WorkloadFailed
            : options.BackendsRequired && backends.Unavailable.Count > 0 ? ExitCodes.BackendUnavailable
            : measured.Length == 0 ? ExitCodes.NothingMeasured
            : ExitCodes.Ok;
    }
}
