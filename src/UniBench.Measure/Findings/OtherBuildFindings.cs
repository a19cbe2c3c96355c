using System.Globalization;
using UniBench.Measure.Comparing;
using UniBench.Workloads;

namespace UniBench.Measure;

/// <summary>What the rounds say of this build beside another one.</summary>
internal static class OtherBuildFindings
{
    public const string Code = "other-build";

    public static IEnumerable<Finding> Of(RunResults results) => BuildComparison.Of(results).GroupBy(c => c.Before.Backend).Select(group =>
    {
        ComparedMetric[] all = [.. group], worse = [.. all.Where(c => c.HasBroken || c.Verdict?.Outcome == Outcome.Worse)];
        int better = all.Count(c => c.Verdict?.Outcome == Outcome.Better), same = all.Count(c => c.Verdict?.Outcome == Outcome.Same);
        string names = LaunchFindings.Names([.. worse.Select(Name)]);
        return new Finding(
            worse.Length > 0 ? Severity.Warning : Severity.Info,
            Code,
            string.Create(
                CultureInfo.InvariantCulture,
                $"{all[0].After.Backend} beside that of build {OtherBuild.BuildOf(group.Key)}, of {all.Length} metrics: {better} better, {same} the same within {BuildComparison.Same * 100:0.#} %, {all.Length - worse.Length - better - same} undecided, {worse.Length} worse{(names.Length > 0 ? $": {names}" : "")}"),
            string.Create(CultureInfo.InvariantCulture, $"chance calls 1 metric of {1 / results.Verdicts.Alpha:0} different; unibench compare with this run alone prints all of them"));
    });

    private static string Name(ComparedMetric one) => one.Verdict is { } verdict
        ? string.Create(CultureInfo.InvariantCulture, $"{one.After.Id} {one.After.Metric} {verdict.Estimate.Value:0.000} times the other's [{verdict.Estimate.Interval.Low:0.000}, {verdict.Estimate.Interval.High:0.000}]")
        : $"{one.After.Id} {one.After.Metric} {one.Reason}";
}
