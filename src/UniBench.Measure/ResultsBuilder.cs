using UniBench.Measure.Statistics;

namespace UniBench.Measure;

/// <summary>Computes results from what was planned and what was recorded so far.</summary>
public static class ResultsBuilder
{
    /// <param name="findings">What the runner saw (a backend is missing, the machine is busy); statistical findings are added.</param>
    /// <exception cref="ArgumentException">Two planned cases have one id, a case keeps a metric twice, or a number is not finite.</exception>
    public static RunResults Assemble(
        RunDescription description,
        IReadOnlyList<PlannedCase> plan,
        IReadOnlyList<RoundRecord> rounds,
        IReadOnlyList<Finding> findings,
        bool interrupted)
    {
        ArgumentNullException.ThrowIfNull(description);
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(rounds);
        ArgumentNullException.ThrowIfNull(findings);

        string? twice = plan.GroupBy(p => p.Point.Id).FirstOrDefault(g => g.Count() > 1)?.Key;
        if (twice is not null)
        {
            throw new ArgumentException($"two cases have the id {twice}: give one of them another name or parameter", nameof(plan));
        }

        (string Case, string Metric)? keptTwice = plan
            .SelectMany(p => p.Metrics.GroupBy(m => m.Name).Where(g => g.Count() > 1).Select(g => ((string, string)?)(p.Point.Id, g.Key)))
            .FirstOrDefault();
        if (keptTwice is { } both)
        {
            throw new ArgumentException($"{both.Case} keeps the metric {both.Metric} twice", nameof(plan));
        }

        ILookup<string, RoundRecord> byCase = rounds.Where(r => !r.Warmup).OrderBy(r => r.Round).ToLookup(r => r.CaseId);
        List<CaseMetric> cases = [];
        foreach (PlannedCase planned in plan)
        {
            RoundRecord[] own = [.. byCase[planned.Point.Id]];
            cases.AddRange(planned.Metrics.Select(metric => CaseOf(planned, metric, own, interrupted, description.Verdicts.Confidence())));
        }

        Yardstick[] yardsticks = [.. rounds.Select(r => r.Yardstick).OfType<Yardstick>()];
        RunResults results = new()
        {
            Title = description.Title,
            Questions = description.Questions,
            Description = description.Description,
            Environment = description.Environment,
            Scenario = description.Scenario,
            RoundsPlanned = description.RoundsPlanned,
            WarmupRounds = description.WarmupRounds,
            Interrupted = interrupted,
            Verdicts = description.Verdicts,
            Cases = cases,
            Rounds = rounds,
            Yardsticks = yardsticks,
            Findings = [.. findings, .. LaunchFindings.Of(cases, rounds, yardsticks, description.Verdicts.Confidence(), description.Environment.Reference()), .. EmulationFindings.Of(cases, description.Environment)],
        };
        return results with { Findings = [.. results.Findings, .. OtherBuildFindings.Of(results)] };
    }

    /// <summary>The same run with these launches: a run that was cut off has written more of them than its summary sums up.</summary>
    public static RunResults Reassemble(RunResults summary, IReadOnlyList<RoundRecord> rounds)
    {
        ArgumentNullException.ThrowIfNull(summary);
        return Assemble(RunDescription.Of(summary), PlanOf(summary), rounds, [.. LaunchFindings.OfRunner(summary)], summary.Interrupted);
    }

    /// <summary>What a run had planned.</summary>
    public static IReadOnlyList<PlannedCase> PlanOf(RunResults results)
    {
        ArgumentNullException.ThrowIfNull(results);
        return [.. results.Cases.GroupBy(c => c.Id).Select(g => PlannedCaseOf([.. g]))];
    }

    private static PlannedCase PlannedCaseOf(CaseMetric[] metrics)
    {
        CaseMetric any = metrics[0];
        CasePoint point = new() { Scenario = any.Scenario, Name = any.Name, Params = any.Params, Backend = any.Backend, Placement = any.Placement };
        return new PlannedCase(point, [.. metrics.Select(m => new MetricSpec(m.Metric, m.Unit, m.Better))], any.Status == CaseStatus.NotRun ? any.Reason : null);
    }

    private static CaseMetric CaseOf(PlannedCase planned, MetricSpec metric, RoundRecord[] rounds, bool interrupted, double confidence)
    {
        RoundRecord[] ok = [.. rounds.Where(r => r.Status == CaseStatus.Ok)];
        double[] samples = [.. ok.Where(r => r.Samples.ContainsKey(metric.Name)).Select(r => Finite(r, metric.Name))];
        (string status, string? reason) = StatusOf(planned, metric, rounds, ok, samples.Length, interrupted);
        CasePoint point = planned.Point;
        return new CaseMetric
        {
            Id = point.Id,
            Scenario = point.Scenario,
            Name = point.Name,
            Params = point.Params,
            Backend = point.Backend,
            Placement = point.Placement,
            Metric = metric.Name,
            Unit = metric.Unit,
            Better = metric.Better,
            Status = status,
            Reason = reason,
            Samples = samples,
            Summary = samples.Length == 0 ? null : Summaries.Of(samples, confidence),
            CpuS = ok.Length == 0 ? null : Median.Of([.. ok.Select(r => r.CpuS())]),
            WallS = ok.Length == 0 ? null : Median.Of([.. ok.Select(r => r.WallS)]),
            MaxRssBytes = ok.Length == 0 ? null : ok.Max(r => r.MaxRssBytes),
            Counters = CountersOf(ok),
        };
    }

    private static (string Status, string? Reason) StatusOf(
        PlannedCase planned, MetricSpec metric, RoundRecord[] rounds, RoundRecord[] ok, int samples, bool interrupted)
    {
        if (rounds.Length == 0)
        {
            string why = planned.NotRunReason ?? (interrupted ? "interrupted before its first measured round" : "no measured round yet");
            return (CaseStatus.NotRun, why);
        }

        RoundRecord? failed = rounds.FirstOrDefault(r => r.Status != CaseStatus.Ok);
        if (failed is not null)
        {
            int count = rounds.Length - ok.Length;
            return (CaseStatus.Failed, $"{count} of {rounds.Length} rounds failed, first: {failed.Reason ?? "no reason recorded"}");
        }

        return samples < ok.Length
            ? (CaseStatus.Failed, $"{ok.Length - samples} of {ok.Length} rounds printed no sample named {metric.Name}")
            : (CaseStatus.Ok, null);
    }

    private static double Finite(RoundRecord round, string metric)
    {
        double value = round.Samples[metric];
        return double.IsFinite(value)
            ? value
            : throw new ArgumentException($"{round.CaseId}, round {round.Round}: sample {metric} is not a finite number");
    }

    private static Dictionary<string, long> CountersOf(RoundRecord[] rounds)
    {
        var counters = new Dictionary<string, long>();
        foreach (string name in rounds.SelectMany(r => r.Counters.Keys).Distinct().Order(StringComparer.Ordinal))
        {
            long[] values = [.. rounds.Select(r => r.Counters.GetValueOrDefault(name)).Order()];
            counters.Add(name, values[(values.Length - 1) / 2]);
        }

        return counters;
    }
}
