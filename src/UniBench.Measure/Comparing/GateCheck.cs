using System.Globalization;
using System.IO.Enumeration;
using UniBench.Measure.Statistics;

namespace UniBench.Measure.Comparing;

/// <summary>Applies gates to a run. An interval decides, never a single number: it keeps the bound, breaks it, or does neither.</summary>
public static class GateCheck
{
    /// <param name="comparison">With the base run at any threshold; null when no gate asks for a base.</param>
    /// <param name="today">Decides which gates are muted.</param>
    /// <returns>A result for each gate and case that match; a gate that matches nothing has none.</returns>
    /// <exception cref="ArgumentException">A gate's limit has a unit other than the metric's.</exception>
    public static IReadOnlyList<GateResult> Of(RunResults results, RunComparison? comparison, IReadOnlyList<Gate> gates, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(results);
        ArgumentNullException.ThrowIfNull(gates);
        return [.. from gate in gates
                   from one in Matching(results, gate)
                   select Check(results, comparison, gate, one) with { Muted = gate.MutedUntil >= today }];
    }

    /// <summary>Cases a gate speaks about.</summary>
    public static IEnumerable<CaseResult> Matching(RunResults results, Gate gate)
    {
        ArgumentNullException.ThrowIfNull(results);
        ArgumentNullException.ThrowIfNull(gate);
        return results.Cases.Where(c =>
            FileSystemName.MatchesSimpleExpression(gate.Case, c.Id, ignoreCase: false)
            && FileSystemName.MatchesSimpleExpression(gate.Metric, c.Metric, ignoreCase: false));
    }

    private static GateResult Check(RunResults results, RunComparison? comparison, Gate gate, CaseResult one)
    {
        if (one.Status != CaseStatus.Ok)
        {
            // What cannot be run here was not measured; what failed has got worse than any number.
            return new GateResult(gate, one, one.Status == CaseStatus.Failed ? GateStatus.Regression : GateStatus.Inconclusive, $"{one.Status}: {one.Reason}", null, false);
        }

        return gate.Threshold is { } threshold ? AgainstBase(comparison, gate, one, threshold)
            : gate.TimesProcess is { } times ? AgainstProcess(results, gate, one, times)
            : AgainstLimit(gate, one);
    }

    private static GateResult AgainstBase(RunComparison? comparison, Gate gate, CaseResult one, double threshold)
    {
        ComparedCase? compared = comparison?.Cases.FirstOrDefault(c => c.After.Id == one.Id && c.After.Metric == one.Metric);
        if (compared?.Verdict is not { } found)
        {
            return new GateResult(gate, one, GateStatus.Inconclusive, compared?.Reason ?? "the base run does not have it", null, false);
        }

        // Higher-is-better ratios are turned over, so that above 1 is worse either way.
        (double ratio, Interval interval) = one.Better == Better.Lower
            ? (found.Ratio, found.Interval)
            : (1 / found.Ratio, found.Interval with { Low = 1 / found.Interval.High, High = 1 / found.Interval.Low });
        string measured = string.Create(CultureInfo.InvariantCulture, $"{ratio:0.000} times as bad as the base [{interval.Low:0.000}, {interval.High:0.000}]");
        return Decide(gate, one, ratio, interval, 1 + threshold, measured, Math.Min(compared.Before.Samples.Count, one.Samples.Count), RunComparison.LeastRounds);
    }

    private static GateResult AgainstProcess(RunResults results, Gate gate, CaseResult one, double times)
    {
        PairedRatio? ratio = RatioToReference.SamePlacement(results, one) is { } reference ? RatioToReference.Of(results, one, reference) : null;
        if (ratio is null)
        {
            return new GateResult(gate, one, GateStatus.Inconclusive, "the run has no process in the same placement to compare with", null, false);
        }

        PairedRatio bad = one.Better == Better.Lower ? ratio : ratio.Inverted();
        PairedRatio good = bad.Inverted();
        string measured = string.Create(CultureInfo.InvariantCulture, $"{good.Value:0.###} times as good as the process [{good.Interval.Low:0.###}, {good.Interval.High:0.###}]");
        return Decide(gate, one, bad.Value, bad.Interval, 1 / times, measured, ratio.N, PairedRatio.LeastRounds);
    }

    private static GateResult AgainstLimit(Gate gate, CaseResult one)
    {
        (double limit, string unit) = gate.Limit!.Value;
        if (unit != one.Unit)
        {
            throw new ArgumentException($"the limit for {gate.Case} is in {unit}, but {one.Id} measures {one.Metric} in {one.Unit}");
        }

        Summary summary = one.Summary!;
        string measured = string.Create(CultureInfo.InvariantCulture, $"median {summary.Median:0.###} {unit} [{summary.Low:0.###}, {summary.High:0.###}]");
        bool lower = one.Better == Better.Lower;
        var interval = new Interval(lower ? summary.Low : -summary.High, lower ? summary.High : -summary.Low, summary.Coverage, summary.Coverage >= Confidence.Default);
        GateStatus status = Status(interval, lower ? limit : -limit);
        return new GateResult(gate, one, status, measured, interval.Reached ? null : Math.Max(1, MedianInterval.LeastValues - summary.N), false);
    }

    private static GateResult Decide(Gate gate, CaseResult one, double ratio, Interval interval, double bound, string measured, int n, int leastRounds)
    {
        GateStatus status = Status(interval, bound);
        int? more = status != GateStatus.Inconclusive ? null
            : interval.Reached ? RoundsNeeded.More(Math.Log(ratio), Math.Log(interval.Low), Math.Log(interval.High), Math.Log(bound), n)
            : Math.Max(1, leastRounds - n);
        return new GateResult(gate, one, status, measured, more, false);
    }

    private static GateStatus Status(Interval interval, double bound) => !interval.Reached ? GateStatus.Inconclusive
        : interval.Low > bound ? GateStatus.Regression
        : interval.High <= bound ? GateStatus.Ok
        : GateStatus.Inconclusive;
}
