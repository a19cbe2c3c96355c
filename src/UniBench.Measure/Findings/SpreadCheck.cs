using UniBench.Measure.Statistics;
using static System.FormattableString;

namespace UniBench.Measure;

/// <summary>One way in which the rounds of a case can be noisy: the only place that decides it.</summary>
/// <param name="Find">For a case with a summary: how much and in which words; null where there is nothing to say.</param>
internal sealed record SpreadCheck(
    Severity Severity, string Code, string Message, string Advice, Func<CaseMetric, Summary, (string Amount, string Detail)?> Find)
{
    /// <summary>An interval wider than this part of its median hides changes that matter.</summary>
    private const double WideInterval = 0.25;

    private const double TrendProbability = 0.001;
    private const double SmallestDrift = 0.05;

    /// <param name="confidence">What intervals were asked for.</param>
    public static IReadOnlyList<SpreadCheck> All(double confidence) =>
    [
        new(Severity.Warning, "few-rounds", Invariant($"too few rounds for {confidence * 100:0.###} % intervals"),
            Invariant($"each interval says its true coverage; {LeastRounds.Paired(confidence)} rounds or more reach it"), (_, s) => FewRounds(s, confidence)),
        new(Severity.Warning, "bimodal", "rounds fall into two groups, so a median describes neither",
            "compare in a fixed placement (--placement same or cross)", Bimodal),
        new(Severity.Warning, "noisy", "the median's interval is wider than a quarter of the median",
            "more rounds narrow it; fixed placement and an idle machine help more", Noisy),
        new(Severity.Warning, "drift", "values rise or fall over the rounds",
            "look for heat, frequency scaling or a machine that filled up; paired ratios suffer less than medians", Drift),
        new(Severity.Info, "outliers", "some rounds lie far from the others (double MAD); they are kept",
            "medians hardly move; look at min and max in the report's table of every case", Far),
    ];

    public CaseFlag? Flag(CaseMetric of) => of.Summary is { } s && Find(of, s) is { } found ? new CaseFlag(Code, found.Amount, found.Detail) : null;

    private static (string Amount, string Detail)? FewRounds(Summary s, double confidence) => s.Coverage < confidence
        ? (Invariant($"{s.Coverage * 100:0.#} %"), Invariant($"{s.N} rounds, {s.Coverage * 100:0.#} %"))
        : null;

    private static (string Amount, string Detail)? Bimodal(CaseMetric of, Summary s) => TwoGroups.Of(of.Samples) is { } g
        ? (Invariant($"{g.Upper / g.Lower:0.0}x"), $"around {Shown(g.Lower, of.Unit)} and {Shown(g.Upper, of.Unit)}")
        : null;

    private static string Shown(double value, string unit)
    {
        UnitScale scale = UnitScale.For(unit, [value]);
        return $"{Figure.Of(value * scale.Factor)} {scale.Unit}";
    }

    private static (string Amount, string Detail)? Noisy(CaseMetric of, Summary s)
    {
        double width = s.N < 2 || s.Median == 0 ? 0 : (s.High - s.Low) / Math.Abs(s.Median);
        return width > WideInterval ? (Invariant($"{width * 100:0} %"), Invariant($"{width * 100:0} % of the median")) : null;
    }

    private static (string Amount, string Detail)? Drift(CaseMetric of, Summary s)
    {
        int half = of.Samples.Count / 2;
        if (half < 2 || MannKendall.Of(of.Samples).PValue > TrendProbability)
        {
            return null;
        }

        double first = Median.Of([.. of.Samples.Take(half)]);
        double second = Median.Of([.. of.Samples.Skip(half)]);
        double change = first == 0 ? 0 : (second / first) - 1;
        return Math.Abs(change) > SmallestDrift
            ? (Invariant($"{change * 100:+0;-0} %"), Invariant($"{change * 100:+0;-0} % from first to second half"))
            : null;
    }

    private static (string Amount, string Detail)? Far(CaseMetric of, Summary s) => Outliers.Of(of.Samples).Count is var n && n > 0
        ? (Invariant($"{n}"), Invariant($"{n} of {s.N} rounds"))
        : null;
}
