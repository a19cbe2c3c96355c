using UniBench.Measure;
using UniBench.Measure.Comparing;
using UniBench.Measure.Statistics;
using UniBench.Reports.Languages;

namespace UniBench.Reports.Model;

/// <summary>A verdict in words: the ratio, 1 or more with its direction, <c>same:</c> before it where it lies within the threshold, <c>?</c> where the rounds do not decide.</summary>
/// <remarks>One convention everywhere: the number is 1 or more, its word says which way; an end of the interval below 1 points the other way.</remarks>
internal static class RatioText
{
    /// <summary>Nobody adds more to a run to decide one of its cases.</summary>
    private const int MostRounds = 200;

    /// <summary>The same, and what would decide an undecided one: <c>? 1.06x slower [1.01, 1.12], needs about 30 more rounds</c>.</summary>
    public static string Full(Verdict? verdict, CaseMetric of, Language language) => verdict?.Outcome == Outcome.Inconclusive
        ? $"{Short(verdict, of, language)}, {Needed(verdict.MoreRounds, language)}"
        : Short(verdict, of, language);

    /// <summary><c>21.3x faster [20.9, 21.8]</c>, <c>same: 1.01x [0.981, 1.03]</c>, <c>? 1.06x slower [1.01, 1.12]</c>.</summary>
    public static string Short(Verdict? verdict, CaseMetric of, Language language) => verdict is null ? "?" : Short(verdict, of.Unit, of.Better, language);

    public static string Short(Verdict verdict, string unit, Better better, Language language)
    {
        string ratio = Ratio(verdict.Estimate, unit, better, language);
        return verdict.Outcome switch
        {
            Outcome.Same => $"{language.Same}: {ratio}",
            Outcome.Inconclusive => $"? {ratio}",
            _ => ratio,
        };
    }

    /// <summary>As how many times better: above 1 is an improvement on the reference, whatever the metric's direction.</summary>
    public static RatioEstimate Improvement(RatioEstimate ratio, Better better) => better == Better.Lower ? ratio.Inverted() : ratio;

    public static (string Good, string Bad) Words(string unit, Language language) =>
        unit is "ns" or "us" or "ms" or "s" || unit.EndsWith("/s", StringComparison.Ordinal)
            ? (language.Faster, language.Slower)
            : (language.Better, language.Worse);

    /// <summary>What would decide it.</summary>
    public static string Needed(int? moreRounds, Language language) => moreRounds switch
    {
        null => language.TooNear,
        > MostRounds => language.FarMoreRounds,
        < 20 and { } few => language.NeedsRounds(few),
        { } more => language.NeedsRounds((more + 9) / 10 * 10), // an estimate: more digits would claim more than it knows
    };

    /// <summary>Several points of a sweep in one range: <c>1.47x to 6.22x faster</c>, <c>1.17x slower to 7.43x faster</c>.</summary>
    /// <param name="improvements">How many times as good as the reference, each.</param>
    public static string Range(IReadOnlyCollection<double> improvements, string unit, Language language)
    {
        (string good, string bad) = Words(unit, language);
        double low = improvements.Min(), high = improvements.Max();
        return low >= 1 ? language.AllFaster(language.Number(low), language.Number(high), good)
            : high <= 1 ? language.AllSlower(language.Number(1 / high), language.Number(1 / low), bad)
            : language.SlowerToFaster(language.Times(language.Number(1 / low), bad), language.Times(language.Number(high), good));
    }

    private static string Ratio(RatioEstimate ratio, string unit, Better direction, Language language)
    {
        RatioEstimate better = Improvement(ratio, direction);
        bool worse = better.Value < 1;
        RatioEstimate shown = worse ? better.Inverted() : better;
        (string good, string bad) = Words(unit, language);
        string number = language.Number(shown.Value);
        string text = $"{language.Times(number, number == language.Number(1) ? "" : worse ? bad : good)} {Interval(shown, language)}";
        return shown.Interval.Reached ? text : $"{text} ({language.Percent(shown.Interval.Coverage)})";
    }

    private static string Interval(RatioEstimate ratio, Language language) => language.Interval(ratio.Interval.Low, ratio.Interval.High);
}
