using UniBench.Measure;
using UniBench.Reports;
using UniBench.Reports.Timelines;
using UniBench.Workbench.Scripting;
using UniBench.Workloads;

namespace UniBench.Workbench.Running;

/// <summary>Runs scenarios: rounds over all backends in shuffled order, every launch written down as it ends, a report in any case.</summary>
public sealed class ScenarioRunner
{
    private readonly RunOptions options;
    private readonly BackendSet backends;
    private readonly IRunWatcher watcher;

    /// <param name="backends">At least those that the options name; borrowed.</param>
    /// <param name="watcher">Is told how far it is; null for nobody.</param>
    public ScenarioRunner(RunOptions options, BackendSet backends, IRunWatcher? watcher = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(backends);
        this.options = options;
        this.backends = backends;
        this.watcher = watcher ?? new NobodyWatches();
    }

    /// <summary>Gets a launch more of each case on our engine, which is not measured; null for none.</summary>
    public TimelineFile? Timeline { get; init; }

    /// <summary>Whether a run may be written there; to be asked before the first of several is launched.</summary>
    /// <exception cref="UsageException">There is a run already, and the options say neither that it is to be continued nor that it may be replaced.</exception>
    public static void CheckDirectory(RunOptions options, string directory)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (!options.Resume && !options.Replace && File.Exists(Path.Combine(directory, ResultsFile.Name)))
        {
            throw new UsageException($"{directory}: there is a run already; --resume goes on with it, --replace puts this one in its place");
        }
    }

    /// <summary>Runs one scenario.</summary>
    /// <param name="directory">Where its launches, results and report go; made if missing.</param>
    /// <param name="cancellation">Ends the launch in flight and the run; what was measured is kept, and there is a report of it.</param>
    /// <exception cref="UsageException">The directory cannot be written to or has a run already, or has none to go on with where the options ask for that.</exception>
    public MeasuredScenario Run(ScenarioPlan scenario, string directory, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        CheckDirectory(options, directory);
        IReadOnlyList<LaunchableCase> plan = PlannedCases.Build(scenario, options, backends.Unavailable);
        if (plan.Count == 0)
        {
            watcher.Warn($"{scenario.Path}: none of its cases is for {string.Join(", ", options.Backends.Where(b => options.BackendsRequired || !backends.Unavailable.ContainsKey(b)))}");
            return new MeasuredScenario(Ending.NothingMeasured, null);
        }

        string[] missing = [.. plan.Select(p => p.Planned.Point.Backend).Distinct().Where(backends.Unavailable.ContainsKey)];
        if (!options.BackendsRequired)
        {
            missing.ToList().ForEach(name => watcher.Warn($"{scenario.Path} asks for {name}, which cannot run here"));
        }

        RunDescription description = new()
        {
            Title = scenario.Title,
            Questions = scenario.Scenario.Questions,
            Description = scenario.Scenario.DescriptionText,
            Environment = HostEnvironment.Describe(options, plan, backends.All),
            Scenario = new ScenarioInfo(scenario.Path, scenario.Sha256, scenario.Scenario.Args)
            {
                Units = scenario.Scenario.Parameters.Where(p => p.Unit.Length > 0).ToDictionary(p => p.Name, p => p.Unit),
                Slopes = [.. scenario.Scenario.Declarations.Select(d => d.Asked).OfType<SlopeQuestion>()],
            },
            RoundsPlanned = options.Rounds,
            WarmupRounds = options.WarmupRounds ?? 0,
            Verdicts = options.Verdicts,
        };
        Resumption? resumption = options.Resume ? Resumption.Of(directory, description, [.. plan.Select(p => p.Planned)]) : null;
        description = resumption is null ? description : description with { Environment = description.Environment with { Seed = resumption.Seed } };
        using ScratchDirectories scratches = new(scenario.Scenario.Scratches);
        scratches.Make();
        using LaunchLog log = new(directory, description, [.. plan.Select(p => p.Planned)], resumption?.Findings ?? [], resumption?.Records) { Formats = options.Formats };
        LeftOut(missing).ToList().ForEach(log.Note);
        bool interrupted = true;
        RunResults results;
        HostNoise before = HostNoise.Read();
        try
        {
            Measure(plan, description, log, resumption, cancellation);
            Trace(plan, cancellation);
            interrupted = false;
        }
        catch (OperationCanceledException)
        {
            // Told below, together with where the files are.
        }
        finally
        {
            // Also when unibench itself fails: what was measured is not lost.
            before.FindingsUntil(HostNoise.Read(), LaunchedS(log, plan), Environment.ProcessorCount).ToList().ForEach(log.Note);
            FaultText.Findings(plan).ToList().ForEach(log.Note);
            scratches.Findings(plan.SelectMany(p => p.Declaration.Changed)).ToList().ForEach(log.Note);
            (interrupted ? [] : Requirement.Findings(plan, log.Snapshot())).ToList().ForEach(log.Note);
            results = log.WriteReport(interrupted);
            watcher.Ended(results, log.Written);
        }

        if (interrupted)
        {
            watcher.Warn($"interrupted after {log.Rounds.Count} launches; they are kept in {directory}");
        }

        return new MeasuredScenario(EndingOf(results, missing, interrupted), results);
    }

    /// <summary>Nobody named these backends, so their absence is no failure; a reader has to know of it all the same.</summary>
    private IEnumerable<Finding> LeftOut(string[] missing) => options.BackendsRequired ? [] : backends.Unavailable
        .Where(b => !missing.Contains(b.Key))
        .Select(b => new Finding(Severity.Info, "left-out", $"without {b.Key}, which cannot run here: {b.Value}", "a run that must not do without it names it in --backends"));

    private void Measure(IReadOnlyList<LaunchableCase> plan, RunDescription description, LaunchLog log, Resumption? resumption, CancellationToken cancellation)
    {
        Dictionary<string, LaunchableCase> byId = plan.Where(p => p.Planned.NotRunReason is null).ToDictionary(p => p.Planned.Point.Id);
        watcher.Started(description.Title, options.Rounds);
        if (byId.Count == 0)
        {
            return;
        }

        Failures failures = new(log, watcher, id => byId[id].Request.Stages[0].Path);
        OutputComparison comparison = new(name => backends.All[name].Traits);
        Pacing pacing = new(options, id => byId[id].Planned.Point.Backend, TimeProvider.System);
        pacing.Resume(resumption?.MeasuredBlocks ?? 0);
        try
        {
            bool more = pacing.MeasuredBlocks < options.Rounds;
            foreach (IReadOnlyList<ScheduledLaunch> block in Schedule.Blocks([.. byId.Values.Select(p => p.Planned.Point)], description.Environment.Seed).Skip(resumption?.NextBlock ?? 0))
            {
                if (!more)
                {
                    break;
                }

                watcher.Round(pacing.WarmsUp, pacing.WarmsUp ? pacing.WarmupBlocks + 1 : pacing.MeasuredBlocks + 1, block.Count * pacing.BlocksLeft);
                Yardstick? yardstick = pacing.WarmsUp ? null : MachineProbe.Measure(block[0].Round);
                foreach (ScheduledLaunch launch in block)
                {
                    yardstick = Launch(launch with { Warmup = pacing.WarmsUp }, byId[launch.Case.Id], yardstick, failures, comparison, cancellation) ? null : yardstick;
                    if (options.StopAtFailure && failures.Any)
                    {
                        return;
                    }
                }

                Compare(comparison, failures);
                if (options.StopAtFailure && failures.Any)
                {
                    return;
                }

                more = pacing.GoesOn(log.Rounds.Where(r => r.Warmup && r.Round >= (resumption?.NextBlock ?? 0)), log.Snapshot);
            }
        }
        finally
        {
            Compare(comparison, failures);
            comparison.Findings.Concat(pacing.Remark is { } remark ? [remark] : []).ToList().ForEach(log.Note);
            log.Describe(
                log.Rounds.Where(r => r.Warmup).Select(r => r.Round).Distinct().Count(),
                options.Precision is null && options.TimeBudget is null ? options.Rounds : pacing.MeasuredBlocks);
        }
    }

    /// <returns>False when the case was given up.</returns>
    private bool Launch(ScheduledLaunch launch, LaunchableCase run, Yardstick? yardstick, Failures failures, OutputComparison comparison, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        if (failures.HasGivenUp(launch.Case.Id))
        {
            watcher.LeftOut();
            return false;
        }

        RoundRecord record;
        LaunchResult? result;
        using (watcher.Launching(launch.Case.Id))
        {
            (record, result) = LaunchRecorder.Record(run, launch, backends.All[launch.Case.Backend], cancellation);
        }

        record = record with { Yardstick = yardstick };
        failures.Add(record);
        watcher.Launched(record, run.Planned.Metrics[0]);
        if (run.Declaration.ComparesOutput && result is not null)
        {
            comparison.Add(launch.Case, record, result);
        }

        return true;
    }

    /// <summary>What the measured rounds did is seen in a launch of its own: looking costs time.</summary>
    private void Trace(IReadOnlyList<LaunchableCase> plan, CancellationToken cancellation)
    {
        foreach (LaunchableCase run in plan.Where(p => Timeline is not null && backends.All[p.Planned.Point.Backend].Traits.IsEngine && p.Planned.NotRunReason is null))
        {
            CasePoint point = run.Planned.Point;
            LaunchableCase traced = run with { Request = run.Request with { Timeline = new LaunchTimeline(Timeline!, point.Id) } };
            RoundRecord record;
            using (watcher.Launching(null))
            {
                (record, _) = LaunchRecorder.Record(traced, new ScheduledLaunch(options.Rounds, 0, Warmup: true, point), backends.All[point.Backend], cancellation);
            }

            if (record.Status != CaseStatus.Ok)
            {
                watcher.Warn($"timeline: {point.Id}: {record.Reason}");
            }
        }
    }

    /// <summary>CPU seconds of launches outside of this process. VMs run inside it, and so does the monitor of sandboxed processes.</summary>
    private double LaunchedS(LaunchLog log, IReadOnlyList<LaunchableCase> plan)
    {
        Dictionary<string, IBackend> of = plan.Select(p => p.Planned.Point).ToDictionary(p => p.Id, p => backends.All[p.Backend]);
        return log.Rounds.Sum(r => of[r.CaseId] switch
        {
            { IsElsewhere: true } => r.CpuS(),
            { Traits.IsVm: true } => 0,
            { Traits.IsEngine: true } => r.CpuUserS + r.CpuSystemS,
            _ => r.CpuS(),
        });
    }

    private static void Compare(OutputComparison comparison, Failures failures)
    {
        foreach ((RoundRecord record, string reason) in comparison.EndRound())
        {
            failures.Fail(record, reason);
        }
    }

    private Ending EndingOf(RunResults results, string[] missing, bool interrupted)
    {
        RoundRecord[] measured = [.. results.Rounds.Where(r => !r.Warmup)];
        return interrupted ? Ending.Interrupted
            : measured.Any(r => r.Status != CaseStatus.Ok) ? Ending.WorkloadFailed
            : results.Findings.Any(f => f.Code == Requirement.Code) ? Ending.RequirementUnmet
            : missing.Length > 0 || (options.BackendsRequired && backends.Unavailable.Count > 0) ? Ending.BackendUnavailable
            : measured.Length == 0 ? Ending.NothingMeasured
            : Ending.Complete;
    }
}
