using UniBench.Measure;
using UniBench.Measure.Statistics;

namespace UniBench.Reports.Model;

/// <summary>A ratio in words: always 1 or more, with the direction said; <c>~</c> where the interval holds 1.</summary>
internal static class RatioText
{
    /// <summary><c>21.3x faster [20.9, 21.8]</c>.</summary>
    public static string Of(PairedRatio? ratio, CaseResult of)
    {
        if (ratio is null)
        {
            return "?";
        }

        PairedRatio better = Improvement(ratio, of.Better);
        bool worse = better.Value < 1;
        PairedRatio shown = worse ? better.Inverted() : better;
        (string good, string bad) = Words(of.Unit);
        string interval = $"[{Figure.Of(shown.Interval.Low)}, {Figure.Of(shown.Interval.High)}]";
        bool holdsOne = shown.Interval.Low <= 1 && shown.Interval.High >= 1;
        string text = holdsOne
            ? $"~ {Figure.Of(better.Value)}x [{Figure.Of(better.Interval.Low)}, {Figure.Of(better.Interval.High)}]"
            : $"{Figure.Of(shown.Value)}x {(worse ? bad : good)} {interval}";
        return shown.Interval.Reached ? text : $"{text} ({Figure.Percent(shown.Interval.Coverage)})";
    }

    /// <summary>As how many times better: above 1 is an improvement on the reference, whatever the metric's direction.</summary>
    public static PairedRatio Improvement(PairedRatio ratio, Better better) => better == Better.Lower ? ratio.Inverted() : ratio;

    public static (string Good, string Bad) Words(string unit) =>
        unit is "ns" or "us" or "ms" or "s" || unit.EndsWith("/s", StringComparison.Ordinal) ? ("faster", "slower") : ("better", "worse");
}
