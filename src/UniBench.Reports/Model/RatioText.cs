using UniBench.Measure;
using UniBench.Measure.Statistics;
using UniBench.Reports.Languages;

namespace UniBench.Reports.Model;

/// <summary>A ratio in words: always 1 or more, with the direction said; <c>~</c> where the interval holds 1.</summary>
internal static class RatioText
{
    /// <summary><c>21.3x faster [20.9, 21.8]</c>.</summary>
    public static string Of(RatioEstimate? ratio, CaseResult of, Language language)
    {
        if (ratio is null)
        {
            return "?";
        }

        RatioEstimate better = Improvement(ratio, of.Better);
        bool worse = better.Value < 1;
        RatioEstimate shown = worse ? better.Inverted() : better;
        (string good, string bad) = Words(of.Unit, language);
        bool holdsOne = shown.Interval.Low <= 1 && shown.Interval.High >= 1;
        string text = holdsOne
            ? $"~ {language.Number(better.Value)}x {Interval(better, language)}"
            : $"{language.Number(shown.Value)}x {(worse ? bad : good)} {Interval(shown, language)}";
        return shown.Interval.Reached ? text : $"{text} ({language.Percent(shown.Interval.Coverage)})";
    }

    /// <summary>As how many times better: above 1 is an improvement on the reference, whatever the metric's direction.</summary>
    public static RatioEstimate Improvement(RatioEstimate ratio, Better better) => better == Better.Lower ? ratio.Inverted() : ratio;

    public static (string Good, string Bad) Words(string unit, Language language) =>
        unit is "ns" or "us" or "ms" or "s" || unit.EndsWith("/s", StringComparison.Ordinal)
            ? (language.Faster, language.Slower)
            : (language.Better, language.Worse);

    private static string Interval(RatioEstimate ratio, Language language) => language.Interval(ratio.Interval.Low, ratio.Interval.High);
}
