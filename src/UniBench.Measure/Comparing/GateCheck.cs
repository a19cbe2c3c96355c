using System.Globalization;
using UniBench.Measure.Statistics;

namespace UniBench.Measure.Comparing;

/// <summary>Applies gates to a run. An interval decides, never a single number: it keeps the bound, breaks it, or does neither.</summary>
public static class GateCheck
{
    /// <param name="comparison">With the base run at any threshold; null where there is none: gates that ask for it are skipped.</param>
    /// <param name="today">Decides which gates are muted.</param>
    /// <returns>A result for each gate and case that match; a gate that matches nothing has none.</returns>
    /// <exception cref="ArgumentException">A gate's limit has a unit other than the metric's.</exception>
    public static IReadOnlyList<GateResult> Of(RunResults results, Comparison? comparison, IReadOnlyList<Gate> gates, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(results);
        ArgumentNullException.ThrowIfNull(gates);
        return [.. from gate in gates
                   from result in gate.Count is null ? Matching(results, gate).Select(one => Check(results, comparison, gate, one)) : CounterGate.Check(results, gate)
                   select result with { Muted = gate.MutedUntil >= today }];
    }

    /// <summary>Cases a gate speaks about.</summary>
    public static IEnumerable<CaseMetric> Matching(RunResults results, Gate gate)
    {
        ArgumentNullException.ThrowIfNull(results);
        ArgumentNullException.ThrowIfNull(gate);
        return results.Cases.Where(c => gate.Count is null ? gate.Speaks(c.Id, c.Metric) : gate.SpeaksOfCase(c.Id));
    }

    private static GateResult Check(RunResults results, Comparison? comparison, Gate gate, CaseMetric one)
    {
        if (one.Status != CaseStatus.Ok)
        {
            // What failed has got worse than any number; what was not run guards nothing.
            return new GateResult(gate, one, one.Status == CaseStatus.Failed ? GateStatus.Regression : GateStatus.Missing, $"{one.Status}: {one.Reason}", null, false);
        }

        return gate.Threshold is { } threshold ? AgainstBase(comparison, gate, one, threshold)
            : gate.OtherBuild is { } part ? AgainstOtherBuild(results, gate, one, part)
            : gate.TimesProcess is { } times ? AgainstProcess(results, gate, one, times)
            : AgainstLimit(gate, one, results.Verdicts.Confidence());
    }

    private static GateResult AgainstBase(Comparison? comparison, Gate gate, CaseMetric one, Threshold threshold)
    {
        if (comparison is null)
        {
            return new GateResult(gate, one, GateStatus.Skipped, "no run to compare with", null, false);
        }

        ComparedMetric? compared = comparison.Cases.FirstOrDefault(c => c.After.Id == one.Id && c.After.Metric == one.Metric);
        if (compared is null)
        {
            return new GateResult(gate, one, GateStatus.Skipped, "the base run does not have it", null, false);
        }

        if (compared.Verdict is not { } found)
        {
            return new GateResult(gate, one, GateStatus.Inconclusive, compared.Reason!, null, false);
        }

        // Higher-is-better ratios are turned over, so that above 1 is worse either way.
        RatioEstimate bad = one.Better == Better.Lower ? found.Estimate : found.Estimate.Inverted();
        double part = threshold.For(compared.Resolution);
        string measured = string.Create(CultureInfo.InvariantCulture, $"{bad.Value:0.000} times as bad as the base [{bad.Interval.Low:0.000}, {bad.Interval.High:0.000}]");
        // What can be told keeps a gate from being undecided for ever; a difference that is clear is one, unless the machine moved.
        double broken = comparison.Calibration.Factor > 1 ? part : threshold.Least;
        if (bad.Interval.Reached && bad.Interval.Low > 1 + broken)
        {
            return new GateResult(gate, one, GateStatus.Regression, measured, null, false);
        }

        return Decide(gate, one, bad, 1 + part, threshold.IsAutomatic ? string.Create(CultureInfo.InvariantCulture, $"{measured}, {part * 100:0.#} % can be told") : measured);
    }

    private static GateResult AgainstProcess(RunResults results, Gate gate, CaseMetric one, double times)
    {
        RatioEstimate? ratio = RatioToReference.SamePlacement(results, one) is { } reference ? RatioToReference.Of(results, one, reference) : null;
        if (ratio is null)
        {
            return new GateResult(gate, one, GateStatus.Inconclusive, "the run has no process in the same placement to compare with", null, false);
        }

        RatioEstimate bad = one.Better == Better.Lower ? ratio : ratio.Inverted();
        RatioEstimate good = bad.Inverted();
        string measured = string.Create(CultureInfo.InvariantCulture, $"{good.Value:0.###} times as good as the process [{good.Interval.Low:0.###}, {good.Interval.High:0.###}]");
        return Decide(gate, one, bad, 1 / times, measured);
    }

    private static GateResult AgainstOtherBuild(RunResults results, Gate gate, CaseMetric one, double part)
    {
        ComparedMetric? compared = BuildComparison.Of(results).FirstOrDefault(c => c.After == one);
        if (compared?.Verdict is not { } found)
        {
            return new GateResult(gate, one, GateStatus.Missing, compared?.Reason ?? "the run has no other build: it is measured with --against", null, false);
        }

        RatioEstimate bad = one.Better == Better.Lower ? found.Estimate : found.Estimate.Inverted();
        string measured = string.Create(CultureInfo.InvariantCulture, $"{bad.Value:0.000} times as bad as the other build [{bad.Interval.Low:0.000}, {bad.Interval.High:0.000}]");
        return Decide(gate, one, bad, 1 + part, measured);
    }

    private static GateResult AgainstLimit(Gate gate, CaseMetric one, double confidence)
    {
        (double limit, string unit) = gate.Limit!.Value;
        if (unit != one.Unit)
        {
            throw new ArgumentException($"the limit for {gate.Case} is in {unit}, but {one.Id} measures {one.Metric} in {one.Unit}");
        }

        Interval median = MedianInterval.Of(one.Samples, confidence);
        string measured = string.Create(CultureInfo.InvariantCulture, $"median {one.Summary!.Median:0.###} {unit} [{median.Low:0.###}, {median.High:0.###}]");
        bool lower = one.Better == Better.Lower;
        Interval interval = lower ? median : median with { Low = -median.High, High = -median.Low };
        GateStatus status = Status(interval, interval, lower ? limit : -limit);
        return new GateResult(gate, one, status, measured, interval.Reached ? null : Math.Max(1, LeastRounds.Paired(confidence) - one.Samples.Count), false);
    }

    private static GateResult Decide(Gate gate, CaseMetric one, RatioEstimate bad, double bound, string measured)
    {
        GateStatus status = Status(bad.Interval, bad.Equivalence, bound);
        Interval deciding = bad.Value > bound ? bad.Interval : bad.Equivalence;
        int? more = status != GateStatus.Inconclusive ? null
            : bad.Interval.Reached ? RoundsNeeded.More(Math.Log(bad.Value), Math.Log(deciding.Low), Math.Log(deciding.High), Math.Log(bound), bad.N)
            : Math.Max(1, bad.LeastRounds - bad.N);
        return new GateResult(gate, one, status, measured, more, false);
    }

    /// <param name="interval">Has to lie wholly beyond the bound for a regression.</param>
    /// <param name="equivalence">Has to keep the bound wholly for its being kept.</param>
    private static GateStatus Status(Interval interval, Interval equivalence, double bound) => !interval.Reached ? GateStatus.Inconclusive
        : interval.Low > bound ? GateStatus.Regression
        : equivalence.High <= bound ? GateStatus.Ok
        : GateStatus.Inconclusive;
}
