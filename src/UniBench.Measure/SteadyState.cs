namespace UniBench.Measure;

/// <summary>
/// Whether warming up has ended: launches no longer get faster. A block is summed up by the geometric mean of its launches'
/// wall times, for each backend; the state is steady once no backend's newest block beats its best earlier one.
/// BenchmarkDotNet decides its warm-up alike: by values that no longer fall.
/// </summary>
public static class SteadyState
{
    /// <summary>As a part: a smaller gain over the best earlier block is noise.</summary>
    public const double Gain = 0.03;

    /// <param name="warmup">Records of the warm-up blocks so far.</param>
    /// <param name="backendOf">Backend of a case, by the case's id.</param>
    /// <returns>False as long as there are fewer than two blocks, since one says nothing about change.</returns>
    public static bool IsReached(IEnumerable<RoundRecord> warmup, Func<string, string> backendOf)
    {
        ArgumentNullException.ThrowIfNull(warmup);
        ArgumentNullException.ThrowIfNull(backendOf);
        RoundRecord[] ok = [.. warmup.Where(r => r.Status == CaseStatus.Ok && r.WallS > 0)];
        int blocks = ok.Select(r => r.Round).Distinct().Count();
        return blocks >= 2 && ok.GroupBy(r => backendOf(r.CaseId)).All(IsSteady);
    }

    private static bool IsSteady(IEnumerable<RoundRecord> ofOneBackend)
    {
        double[] means = [.. ofOneBackend.GroupBy(r => r.Round).OrderBy(g => g.Key).Select(g => g.Average(r => Math.Log(r.WallS)))];
        return means.Length < 2 || means[^1] > means[..^1].Min() - Gain;
    }
}
