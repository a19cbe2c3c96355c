using UniBench.Workloads;

namespace UniBench.Measure.Comparing;

/// <summary>Compares this build of UniBench with another one that was measured in the same rounds (`run --against`).</summary>
public static class BuildComparison
{
    /// <summary>What is certainly within this is the same.</summary>
    public const double Same = 0.025;

    /// <summary>Every metric of the other build that this one was to measure, too: before is the other build, after is this one.</summary>
    /// <remarks>Rounds are paired and what moves the machine moves both, so a difference needs no threshold: one whose whole interval lies beyond 1 is one.</remarks>
    public static IReadOnlyList<ComparedMetric> Of(RunResults results)
    {
        ArgumentNullException.ThrowIfNull(results);
        return
        [
            .. from other in results.Cases
               where OtherBuild.BaseOf(other.Backend) is not null
               let now = results.Cases.FirstOrDefault(c => c.Backend == OtherBuild.BaseOf(other.Backend) && c.Placement == other.Placement && c.IsSameSubject(other))
               where now is not null
               select Compare(results, other, now) with { IsJudged = true },
        ];
    }

    private static ComparedMetric Compare(RunResults results, CaseMetric other, CaseMetric now)
    {
        if (other.Status != CaseStatus.Ok || now.Status != CaseStatus.Ok)
        {
            CaseMetric bad = now.Status != CaseStatus.Ok ? now : other;
            return new ComparedMetric(other, now, null, $"{bad.Status} {(bad == now ? "now" : "on the other build")}: {bad.Reason}");
        }

        return RatioToReference.Of(results, now, other) is { } ratio
            ? new ComparedMetric(other, now, Verdict.Of(ratio, now.Better, 0, Same), null) { Shift = RatioToReference.Shift(results, now, other) }
            : new ComparedMetric(other, now, null, "no round has both, or a value is zero or negative");
    }
}
