using UniBench.Measure.Comparing;
using UniBench.Measure.Statistics;

namespace UniBench.Measure;

/// <summary>Finds the case to compare with and compares over paired rounds.</summary>
public static class RatioToReference
{
    /// <summary>The reference in the case's own placement; null when it was not planned.</summary>
    public static CaseMetric? SamePlacement(RunResults results, CaseMetric of)
    {
        ArgumentNullException.ThrowIfNull(of);
        return References(results, of).FirstOrDefault(c => c.Placement == of.Placement);
    }

    /// <summary>
    /// The reference in whichever placement gave it the best median, so that it is never beaten by a placement that hurts it.
    /// The choice is made on the same rounds, so it flatters the reference slightly. Null when none was measured.
    /// </summary>
    public static CaseMetric? BestPlacement(RunResults results, CaseMetric of)
    {
        ArgumentNullException.ThrowIfNull(of);
        IEnumerable<CaseMetric> measured = References(results, of).Where(c => c.Summary is not null);
        return of.Better == Better.Lower
            ? measured.MinBy(c => c.Summary!.Median)
            : measured.MaxBy(c => c.Summary!.Median);
    }

    /// <summary>The case's value as a multiple of the reference's, over the rounds in which both succeeded.</summary>
    /// <returns>Null when no round has both, or a value is zero or negative.</returns>
    public static RatioEstimate? Of(RunResults results, CaseMetric of, CaseMetric reference)
    {
        (double[] values, double[] references) = Pairs(results, of, reference);
        return values.Length == 0 || values.Concat(references).Any(v => v <= 0)
            ? null
            : RatioEstimate.Paired(values, references, results.Verdicts.Confidence());
    }

    /// <summary>What that multiple amounts to by the run's own <see cref="VerdictRule"/>; null where there is none.</summary>
    public static Verdict? Judge(RunResults results, CaseMetric of, CaseMetric reference) =>
        Of(results, of, reference) is { } ratio ? Verdict.Of(ratio, of.Better, results.Verdicts.Threshold) : null;

    /// <summary>How far the case's value lies above the reference's, in the metric's unit, over the same rounds: Hodges-Lehmann with its signed-rank interval.</summary>
    /// <returns>Null when no round has both.</returns>
    public static (double Estimate, Interval Interval)? Shift(RunResults results, CaseMetric of, CaseMetric reference)
    {
        (double[] values, double[] references) = Pairs(results, of, reference);
        return values.Length == 0 ? null : HodgesLehmann.Of([.. values.Zip(references, (v, r) => v - r)], results.Verdicts.Confidence());
    }

    /// <summary>The logarithm of that multiple, one for each round in which both succeeded; empty when a value is zero or negative.</summary>
    public static double[] LogRatios(RunResults results, CaseMetric of, CaseMetric reference)
    {
        (double[] values, double[] references) = Pairs(results, of, reference);
        return values.Concat(references).Any(v => v <= 0) ? [] : [.. values.Zip(references, (v, r) => Math.Log(v / r))];
    }

    /// <summary>The case's value in each measured round in which it succeeded.</summary>
    public static Dictionary<int, double> ByRound(RunResults results, CaseMetric of)
    {
        ArgumentNullException.ThrowIfNull(results);
        ArgumentNullException.ThrowIfNull(of);
        return results.Rounds
            .Where(r => r.CaseId == of.Id && !r.Warmup && r.Status == CaseStatus.Ok && r.Samples.ContainsKey(of.Metric))
            .ToDictionary(r => r.Round, r => r.Samples[of.Metric]);
    }

    private static (double[] Values, double[] References) Pairs(RunResults results, CaseMetric of, CaseMetric reference)
    {
        ArgumentNullException.ThrowIfNull(results);
        ArgumentNullException.ThrowIfNull(of);
        ArgumentNullException.ThrowIfNull(reference);
        Dictionary<int, double> own = ByRound(results, of);
        Dictionary<int, double> other = ByRound(results, reference);
        int[] both = [.. own.Keys.Where(other.ContainsKey).Order()];
        return ([.. both.Select(round => own[round])], [.. both.Select(round => other[round])]);
    }

    private static IEnumerable<CaseMetric> References(RunResults results, CaseMetric of)
    {
        ArgumentNullException.ThrowIfNull(results);
        return results.Environment.TraitsOf(of.Backend).IsEmulated ? [] : results.Cases.Where(c => c.Backend == results.Environment.Reference() && c.IsSameSubject(of));
    }
}
