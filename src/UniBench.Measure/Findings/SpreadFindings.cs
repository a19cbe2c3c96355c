using UniBench.Measure.Statistics;
using static System.FormattableString;

namespace UniBench.Measure;

/// <summary>Noise: too few rounds, wide intervals, two groups, outliers, drift.</summary>
internal static class SpreadFindings
{
    /// <summary>An interval wider than this part of its median hides changes that matter.</summary>
    private const double WideInterval = 0.25;

    private const double TrendProbability = 0.001;
    private const double SmallestDrift = 0.05;

    public static IEnumerable<Finding> Of(IReadOnlyList<CaseResult> cases, double confidence)
    {
        CaseResult[] measured = [.. cases.Where(c => c.Summary is not null)];
        var found = new List<Finding>();
        Add(found, Severity.Warning, "few-rounds", Invariant($"too few rounds for {confidence * 100:0.###} % intervals"),
            Invariant($"each interval says its true coverage; {LeastRounds.Paired(confidence)} rounds or more reach it"),
            measured, c => c.Summary!.Coverage < confidence ? Invariant($"{c.Summary.N} rounds, {c.Summary.Coverage * 100:0.#} %") : null);
        Add(found, Severity.Warning, "bimodal", "rounds fall into two groups, so a median describes neither",
            "compare in a fixed placement (--placement same or cross)",
            measured, c => TwoGroups.Of(c.Samples) is { } g ? Invariant($"around {g.Lower:G3} and {g.Upper:G3} {c.Unit}") : null);
        Add(found, Severity.Warning, "noisy", "the median's interval is wider than a quarter of the median",
            "more rounds narrow it; fixed placement and an idle machine help more",
            measured, c => Width(c.Summary!) is var w && w > WideInterval ? Invariant($"{w * 100:0} % of the median") : null);
        Add(found, Severity.Warning, "drift", "values rise or fall over the rounds",
            "look for heat, frequency scaling or a machine that filled up; paired ratios suffer less than medians",
            measured, Drift);
        Add(found, Severity.Info, "outliers", "some rounds lie far from the others (double MAD); they are kept",
            "medians hardly move; look at min and max in results.json",
            measured, c => Outliers.Of(c.Samples).Count is var n && n > 0 ? Invariant($"{n} of {c.Summary!.N} rounds") : null);
        return found;
    }

    private static void Add(
        List<Finding> found, Severity severity, string code, string message, string advice,
        CaseResult[] measured, Func<CaseResult, string?> what)
    {
        string[] names = [.. measured
            .Select(c => (Case: c, What: what(c)))
            .Where(x => x.What is not null)
            .Select(x => $"{x.Case.Id} {x.Case.Metric} ({x.What})")];
        if (names.Length > 0)
        {
            found.Add(new Finding(severity, code, $"{message}: {RunFindings.Names(names)}", advice));
        }
    }

    private static double Width(Summary summary) =>
        summary.N < 2 || summary.Median == 0 ? 0 : (summary.High - summary.Low) / Math.Abs(summary.Median);

    private static string? Drift(CaseResult of)
    {
        int half = of.Samples.Count / 2;
        if (half < 2 || MannKendall.Of(of.Samples).PValue > TrendProbability)
        {
            return null;
        }

        double first = Median.Of([.. of.Samples.Take(half)]);
        double second = Median.Of([.. of.Samples.Skip(half)]);
        double change = first == 0 ? 0 : (second / first) - 1;
        return Math.Abs(change) > SmallestDrift ? Invariant($"{change * 100:+0;-0} % from first to second half") : null;
    }
}
