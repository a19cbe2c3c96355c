using System.Globalization;
using UniBench.Backends;
using UniBench.Cli.Scripting;
using UniBench.Measure;
using UniBench.Reports;

namespace UniBench.Cli.Running;

/// <summary>Runs one scenario: plan, rounds over all backends in shuffled order, results saved after every round, report at the end.</summary>
internal sealed class ScenarioRunner(RunOptions options, IReadOnlyDictionary<string, IBackend> backends, Progress progress, TextWriter output)
{
    /// <returns>An exit code of <see cref="ExitCodes"/>.</returns>
    /// <exception cref="ScenarioException">The script is wrong.</exception>
    public int Run(string path, CancellationToken cancellation)
    {
        ProgramCatalog programs = new();
        Scenario scenario = new(programs, options.Parameters, options.Arguments);
        string hash = ScenarioCompiler.Run(path, scenario);
        if (options.Parameters.Keys.FirstOrDefault(n => scenario.Parameters.All(p => p.Name != n)) is { } unknown)
        {
            throw new ScenarioException($"{path}: there is no parameter '{unknown}': {string.Join(", ", scenario.Parameters.Select(p => p.Name))}");
        }

        string name = Path.GetFileNameWithoutExtension(path);
        Dictionary<string, string> unavailable = [];
        foreach ((string backend, IBackend instance) in backends)
        {
            if (instance.Probe() is { IsAvailable: false } probe)
            {
                unavailable[backend] = $"{probe.Reason}: {probe.Advice}";
                progress.Warn($"{backend}: {probe.Reason}: {probe.Advice}");
            }
        }

        IReadOnlyList<PlannedRun> plan = RunPlan.Build(scenario, name, options.Backends, unavailable, options.Placement, options.Timeout);
        if (plan.Count == 0)
        {
            progress.Warn($"{path}: no case is left to run");
            return ExitCodes.NothingMeasured;
        }

        string directory = options.Out ?? FreshDirectory(name);
        Directory.CreateDirectory(directory);
        RunDescription description = new()
        {
            Title = scenario.TitleText.Length > 0 ? scenario.TitleText : name,
            Questions = scenario.Questions,
            Description = scenario.DescriptionText,
            Environment = HostEnvironment.Describe(options, plan, backends),
            Scenario = new ScenarioInfo(path, hash, options.Arguments),
            RoundsPlanned = options.Rounds,
            WarmupRounds = options.WarmupRounds,
        };
        (List<RoundRecord> rounds, bool interrupted) = Measure(plan, description, directory, cancellation);
        RunResults results = Assemble(description, plan, rounds, interrupted);
        ReportWriter.WriteAll(results, directory);
        output.WriteLine(SummaryText.Render(results));
        output.WriteLine($"report: {Path.Combine(directory, ReportWriter.MarkdownName)}");
        if (interrupted)
        {
            progress.Warn($"interrupted: what was measured until then is in {directory}");
            return ExitCodes.Interrupted;
        }

        return rounds.Any(r => r is { Warmup: false, Status: "failed" }) ? ExitCodes.WorkloadFailed
            : unavailable.Count > 0 ? ExitCodes.BackendUnavailable
            : rounds.Any(r => !r.Warmup) ? ExitCodes.Ok
            : ExitCodes.NothingMeasured;
    }

    private static RunResults Assemble(RunDescription description, IReadOnlyList<PlannedRun> plan, IReadOnlyList<RoundRecord> rounds, bool interrupted) =>
        ResultsBuilder.Assemble(description, [.. plan.Select(p => p.Planned)], rounds, [], interrupted);

    private static string FreshDirectory(string name)
    {
        string stem = Path.Combine("reports", DateTime.Now.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) + "-" + name);
        string directory = stem;
        for (int i = 2; Directory.Exists(directory); i++)
        {
            directory = string.Create(CultureInfo.InvariantCulture, $"{stem}-{i}");
        }

        return directory;
    }

    private (List<RoundRecord> Rounds, bool Interrupted) Measure(IReadOnlyList<PlannedRun> plan, RunDescription description, string directory, CancellationToken cancellation)
    {
        List<RoundRecord> rounds = [];
        Dictionary<string, PlannedRun> byId = plan.Where(p => p.Planned.NotRunReason is null).ToDictionary(p => p.Planned.Point.Id);
        if (byId.Count == 0)
        {
            return (rounds, false);
        }

        IReadOnlyList<ScheduledLaunch> schedule =
            Schedule.Create([.. byId.Values.Select(p => p.Planned.Point)], options.Rounds, options.WarmupRounds, options.Seed);
        progress.Start(schedule.Count, description.Title);
        string file = Path.Combine(directory, ResultsFile.Name);
        try
        {
            int block = 0;
            foreach (ScheduledLaunch launch in schedule)
            {
                cancellation.ThrowIfCancellationRequested();
                if (launch.Round != block)
                {
                    // A block is what is paired; a killed run loses the one in flight at most.
                    ResultsFile.Save(Assemble(description, plan, rounds, interrupted: true), file);
                    block = launch.Round;
                }

                progress.Launching(launch);
                RoundRecord record = LaunchRecorder.Record(byId[launch.Case.Id], launch, backends[launch.Case.Backend], cancellation);
                rounds.Add(record);
                if (record.Reason is { } reason && !launch.Warmup)
                {
                    progress.Warn($"{launch.Case.Id}: {reason}");
                }
            }

            return (rounds, false);
        }
        catch (OperationCanceledException)
        {
            return (rounds, true);
        }
        finally
        {
            progress.Finish();
        }
    }
}
