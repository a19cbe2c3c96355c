using UniBench.Measure.Statistics;
using UniBench.Workloads;

namespace UniBench.Measure.Comparing;

/// <summary>Two runs of a scenario, case by case. Rounds of different runs are not paired: the interval is the unpaired one.</summary>
/// <param name="Threshold">What is judged by.</param>
/// <param name="Cases">Metrics of cases that both runs have, in the order of the later run.</param>
/// <param name="Missing">Those that only the earlier run has.</param>
/// <param name="Added">Those that only the later run has.</param>
public sealed record Comparison(Threshold Threshold, IReadOnlyList<ComparedMetric> Cases, IReadOnlyList<CaseMetric> Missing, IReadOnlyList<CaseMetric> Added)
{
    /// <summary>How much more the machine moved between the runs than within the earlier one.</summary>
    public required Calibration Calibration { get; init; }

    /// <summary>What the machine itself did in the earlier run.</summary>
    public required YardstickMedians YardsticksBefore { get; init; }

    /// <summary>What it did in the later run.</summary>
    public required YardstickMedians YardsticksAfter { get; init; }

    /// <param name="before">The run compared with.</param>
    /// <param name="after">The run that is judged; intervals have the confidence of its <see cref="VerdictRule"/>.</param>
    /// <param name="relative">
    /// Compare each case's ratio to the process backend's case of the same run and placement, round by round, instead of its
    /// value: what makes the whole machine slower for an hour then cancels. The process backend's own cases are left out.
    /// </param>
    public static Comparison Of(RunResults before, RunResults after, Threshold threshold, bool relative = false)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        Dictionary<(string, string), CaseMetric> earlier = before.Cases.ToDictionary(Key);
        HashSet<(string, string)> later = [.. after.Cases.Select(Key)];
        ComparedMetric[] compared =
        [
            .. after.Cases
                .Where(c => earlier.ContainsKey(Key(c)) && !(relative && c.Backend == after.Environment.Reference()))
                .Select(c => (Case: c, Judged: after.Environment.TraitsOf(c.Backend).IsEngine && OtherBuild.BaseOf(c.Backend) is null))
                .Select(c => Compare(before, earlier[Key(c.Case)], after, c.Case, c.Judged, threshold.Least, relative) with { IsJudged = c.Judged }),
        ];

        // Where more than the build has changed nothing is known to be unchanged.
        ComparedMetric[] controls = [.. compared.Where(c => !c.IsJudged && c is { Verdict.Estimate.Interval.Reached: true, Resolution: not null } && !IsBimodal(c))];
        Calibration calibration = Comparability.Differences(before, after).Count > 0 ? Calibration.None
            : YardstickMedians.Moved(before, after) ? Calibration.Of(controls.Select(c => (c.Verdict!.Within, c.Resolution!.Value)), threshold.Least)
            : new Calibration(controls.Length, 1, Moved: false);
        return new Comparison(
            threshold,
            [.. compared.Select(c => Calibrated(c, calibration, threshold))],
            [.. before.Cases.Where(c => !later.Contains(Key(c)))],
            [.. after.Cases.Where(c => !earlier.ContainsKey(Key(c)))])
        {
            Calibration = calibration,
            YardsticksBefore = YardstickMedians.Of(before),
            YardsticksAfter = YardstickMedians.Of(after),
        };
    }

    private static (string, string) Key(CaseMetric one) => (one.Id, one.Metric);

    /// <summary>What can be told of the case between these two runs, and its verdict where the threshold follows that.</summary>
    private static ComparedMetric Calibrated(ComparedMetric one, Calibration calibration, Threshold threshold)
    {
        double? resolution = calibration.Apply(one.Resolution);
        return one with
        {
            Resolution = resolution,
            Verdict = one.Verdict is { } verdict && threshold.IsAutomatic
                ? Verdict.Of(verdict.Estimate, one.After.Better, calibration.Factor > 1 ? threshold.For(resolution) : threshold.Least, threshold.Least, threshold.For(resolution))
                : one.Verdict,
        };
    }

    /// <summary>In one run, or only in both together, where each saw another mode.</summary>
    private static bool IsBimodal(ComparedMetric one) =>
        TwoGroups.Of(one.Before.Samples) is not null || TwoGroups.Of(one.After.Samples) is not null || TwoGroups.Of([.. one.Before.Samples, .. one.After.Samples]) is not null;

    private static ComparedMetric Compare(RunResults before, CaseMetric a, RunResults after, CaseMetric b, bool judged, double threshold, bool relative)
    {
        if (a.Status != CaseStatus.Ok || b.Status != CaseStatus.Ok)
        {
            CaseMetric bad = b.Status != CaseStatus.Ok ? b : a;
            return new ComparedMetric(a, b, null, $"{bad.Status} {(bad == b ? "now" : "before")}: {bad.Reason}");
        }

        if (a.Unit != b.Unit || a.Better != b.Better)
        {
            return new ComparedMetric(a, b, null, $"another unit or direction: {a.Unit}, {a.Better} before, {b.Unit}, {b.Better} now");
        }

        CaseMetric? referenceBefore = relative ? RatioToReference.SamePlacement(before, a) : null;
        CaseMetric? referenceAfter = relative ? RatioToReference.SamePlacement(after, b) : null;
        if (relative && (referenceBefore is null || referenceAfter is null))
        {
            return new ComparedMetric(a, b, null, $"no {after.Environment.Reference()} in the same placement to relate it to");
        }

        double[] x = relative ? RatioToReference.LogRatios(before, a, referenceBefore!) : Logs(a.Samples);
        double[] y = relative ? RatioToReference.LogRatios(after, b, referenceAfter!) : Logs(b.Samples);
        if (x.Length == 0 || y.Length == 0)
        {
            return new ComparedMetric(a, b, null, "a value is zero or negative, or no round has both sides: a ratio says nothing");
        }

        double confidence = after.Verdicts.Confidence();
        Verdict verdict = Verdict.Of(RatioEstimate.Unpaired(x, y, confidence), b.Better, threshold);

        // What is judged cannot widen what is judged by. What nobody changed may: of two modes, one run may have seen only one.
        double[] noise = judged ? x : [.. x, .. y];
        return new ComparedMetric(a, b, verdict, null) { Resolution = Resolution.Of(noise, x.Length, y.Length), Shift = relative ? null : UnpairedShift.Of(a.Samples, b.Samples, confidence) };
    }

    /// <summary>Empty when a logarithm does not exist.</summary>
    private static double[] Logs(IReadOnlyList<double> samples) => samples.All(s => s > 0) ? [.. samples.Select(s => Math.Log(s))] : [];
}
