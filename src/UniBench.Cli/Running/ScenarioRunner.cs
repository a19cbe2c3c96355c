using UniBench.Cli.Scripting;
using UniBench.Cli.Timeline;
using UniBench.Measure;
using UniBench.Reports;
using UniBench.Reports.Timelines;
using UniBench.Workloads;

namespace UniBench.Cli.Running;

/// <summary>Runs one scenario: rounds over all backends in shuffled order, results saved on the way, a report in any case.</summary>
internal sealed class ScenarioRunner(RunOptions options, BackendSet backends, Progress progress, TextWriter output, Interruption interruption)
{
    /// <summary>Gets a launch more of each case on our engine, which is not measured; null for none.</summary>
    public TimelineFile? Timeline { get; init; }

    /// <param name="directory">Where results and report go.</param>
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    /// <exception cref="UsageException">The directory cannot be written to.</exception>
    public int Run(ScenarioPlan scenario, IReadOnlyList<string> arguments, string directory)
    {
        IReadOnlyList<PlannedRun> plan = RunPlan.Build(scenario, options, backends.Unavailable);
        if (plan.Count == 0)
        {
            progress.Warn($"{scenario.Path}: none of its cases is for {string.Join(", ", options.Backends.Where(b => options.BackendsRequired || !backends.Unavailable.ContainsKey(b)))}");
            return ExitCodes.NothingMeasured;
        }

        string[] missing = [.. plan.Select(p => p.Planned.Point.Backend).Distinct().Where(backends.Unavailable.ContainsKey)];
        if (!options.BackendsRequired)
        {
            missing.ToList().ForEach(name => progress.Warn($"{scenario.Path} asks for {name}, which cannot run here"));
        }

        RunDescription description = new()
        {
            Title = scenario.Title,
            Questions = scenario.Scenario.Questions,
            Description = scenario.Scenario.DescriptionText,
            Environment = HostEnvironment.Describe(options, plan, backends.All),
            Scenario = new ScenarioInfo(scenario.Path, scenario.Sha256, arguments),
            RoundsPlanned = options.Rounds,
            WarmupRounds = options.WarmupRounds ?? 0,
            Verdicts = options.Verdicts,
        };
        Resumption? resumption = options.Resume ? Resumption.Of(directory, description, [.. plan.Select(p => p.Planned)]) : null;
        description = resumption is null ? description : description with { Environment = description.Environment with { Seed = resumption.Seed } };
        using ScratchDirectories scratches = new(scenario.Scenario.Scratches);
        scratches.Make();
        using RunLog log = new(directory, description, [.. plan.Select(p => p.Planned)], resumption?.Findings ?? [], resumption?.Records) { Formats = options.Formats };
        LeftOut(missing).ToList().ForEach(log.Note);
        bool interrupted = true;
        HostNoise before = HostNoise.Read();
        try
        {
            Measure(plan, description, log, resumption);
            Trace(plan);
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
            before.FindingsUntil(HostNoise.Read(), LaunchedS(log, plan), Environment.ProcessorCount).ToList().ForEach(log.Note);
            FaultText.Findings(plan).ToList().ForEach(log.Note);
            scratches.Findings(plan.SelectMany(p => p.Declaration.Changed)).ToList().ForEach(log.Note);
            RunResults results = log.WriteReport(interrupted);
            output.Write(SummaryText.Render(results));
            output.WriteLine($"\nreport: {string.Join(", ", log.Written)}\nresults: {Path.Combine(directory, ResultsFile.Name)}");
        }

        if (interrupted)
        {
            progress.Warn($"interrupted after {log.Rounds.Count} launches; they are kept in {directory}");
        }

        return CodeOf(log.Rounds, missing, interrupted);
    }

    /// <summary>Nobody named these backends, so their absence is no failure; a reader has to know of it all the same.</summary>
    private IEnumerable<Finding> LeftOut(string[] missing) => options.BackendsRequired ? [] : backends.Unavailable
        .Where(b => !missing.Contains(b.Key))
        .Select(b => new Finding(Severity.Info, "left-out", $"without {b.Key}, which cannot run here: {b.Value}", "a run that must not do without it names it in --backends"));

    private void Measure(IReadOnlyList<PlannedRun> plan, RunDescription description, RunLog log, Resumption? resumption)
    {
        Dictionary<string, PlannedRun> byId = plan.Where(p => p.Planned.NotRunReason is null).ToDictionary(p => p.Planned.Point.Id);
        progress.Start(description.Title, options.Rounds);
        if (byId.Count == 0)
        {
            return;
        }

        Failures failures = new(log, progress, id => byId[id].Request.Stages[0].Path);
        OutputComparison comparison = new(name => backends.All[name].Traits);
        Pacing pacing = new(options, id => byId[id].Planned.Point.Backend);
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

                progress.Block(pacing.WarmsUp, pacing.WarmsUp ? pacing.WarmupBlocks + 1 : pacing.MeasuredBlocks + 1, block.Count * pacing.BlocksLeft);
                Yardstick? yardstick = pacing.WarmsUp ? null : MachineProbe.Measure(block[0].Round);
                foreach (ScheduledLaunch launch in block)
                {
                    yardstick = Launch(launch with { Warmup = pacing.WarmsUp }, byId[launch.Case.Id], yardstick, failures, comparison) ? null : yardstick;
                }

                Compare(comparison, failures);
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
    private bool Launch(ScheduledLaunch launch, PlannedRun run, Yardstick? yardstick, Failures failures, OutputComparison comparison)
    {
        interruption.Token.ThrowIfCancellationRequested();
        if (failures.HasGivenUp(launch.Case.Id))
        {
            progress.Skip();
            return false;
        }

        progress.Launching(launch.Case.Id);
        (RoundRecord record, LaunchResult? result) = interruption.Guard(
            () => LaunchRecorder.Record(run, launch, backends.All[launch.Case.Backend], interruption.Token));
        record = record with { Yardstick = yardstick };
        failures.Add(record);
        progress.Launched(record, run.Planned.Metrics[0]);
        if (run.Declaration.ComparesOutput && result is not null)
        {
            comparison.Add(launch.Case, record, result);
        }

        return true;
    }

    /// <summary>What the measured rounds did is seen in a launch of its own: looking costs time.</summary>
    private void Trace(IReadOnlyList<PlannedRun> plan)
    {
        foreach (PlannedRun run in plan.Where(p => Timeline is not null && backends.All[p.Planned.Point.Backend].Traits.IsEngine && p.Planned.NotRunReason is null))
        {
            CasePoint point = run.Planned.Point;
            PlannedRun traced = run with { Request = run.Request with { Timeline = new LaunchTimeline(Timeline!, point.Id) } };
            (RoundRecord record, _) = interruption.Guard(() =>
                LaunchRecorder.Record(traced, new ScheduledLaunch(options.Rounds, 0, Warmup: true, point), backends.All[point.Backend], interruption.Token));
            if (record.Status != CaseStatus.Ok)
            {
                progress.Warn($"timeline: {point.Id}: {record.Reason}");
            }
        }
    }

    /// <summary>CPU seconds of launches outside of this process. VMs run inside it, and so does the monitor of sandboxed processes.</summary>
    private double LaunchedS(RunLog log, IReadOnlyList<PlannedRun> plan)
    {
        Dictionary<string, BackendTraits> traits = plan.Select(p => p.Planned.Point).ToDictionary(p => p.Id, p => backends.All[p.Backend].Traits);
        return log.Rounds.Where(r => !traits[r.CaseId].IsVm).Sum(r => traits[r.CaseId].IsEngine ? r.CpuUserS + r.CpuSystemS : r.CpuS());
    }

    private static void Compare(OutputComparison comparison, Failures failures)
    {
        foreach ((RoundRecord record, string reason) in comparison.EndRound())
        {
            failures.Fail(record, reason);
        }
    }

    private int CodeOf(IReadOnlyList<RoundRecord> rounds, string[] missing, bool interrupted)
    {
        RoundRecord[] measured = [.. rounds.Where(r => !r.Warmup)];
        return interrupted ? ExitCodes.Interrupted
            : measured.Any(r => r.Status != CaseStatus.Ok) ? ExitCodes.WorkloadFailed
            : missing.Length > 0 || (options.BackendsRequired && backends.Unavailable.Count > 0) ? ExitCodes.BackendUnavailable
            : measured.Length == 0 ? ExitCodes.NothingMeasured
            : ExitCodes.Ok;
    }
}
