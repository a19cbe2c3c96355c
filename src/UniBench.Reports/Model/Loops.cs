using UniBench.Measure;
using UniBench.Reports.Languages;

namespace UniBench.Reports.Model;

/// <summary>
/// What kinds of loops a run's latencies are from. In a closed loop the next operation starts when the last one ended; in an open one each
/// is due by a plan. A histogram whose name begins with "response" counts from when operations were due, any other from when they began.
/// </summary>
internal readonly record struct Loops(bool Closed, bool Open)
{
    public static Loops Of(IEnumerable<RunResults> runs)
    {
        bool[] cases = [.. runs.SelectMany(run => run.Rounds.Where(r => r.Status == CaseStatus.Ok).GroupBy(r => r.CaseId)).Select(rounds => AreOpen(rounds.SelectMany(r => r.Histograms.Keys)))];
        return new Loops(cases.Length == 0 || cases.Contains(false), cases.Contains(true));
    }

    /// <summary>What the times of a histogram are.</summary>
    /// <param name="all">The histograms of the same case.</param>
    public static string Explain(string histogram, IEnumerable<string> all, Language language) =>
        CountsFromDue(histogram) ? language.ResponseTimes : AreOpen(all) ? language.ServiceTimes : language.ClosedLoop;

    private static bool AreOpen(IEnumerable<string> histograms) => histograms.Any(CountsFromDue);

    private static bool CountsFromDue(string histogram) => histogram.StartsWith("response", StringComparison.Ordinal);
}
