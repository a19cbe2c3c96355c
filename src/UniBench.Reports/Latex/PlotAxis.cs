using UniBench.Reports.Charts;
using UniBench.Reports.Languages;

namespace UniBench.Reports.Latex;

/// <summary>Options that all axes share, and the styles by which preamble.tex knows backends and placements.</summary>
internal static class PlotAxis
{
    public static string Numbers(Language language) => language.DecimalPoint == ',' ? "/pgf/number format/use comma, " : "";

    public static string Label(string text, bool isLog, Language language) => $"{{{LatexText.Caption(isLog ? $"{text} ({language.LogScale})" : text)}}}";

    /// <summary>Explicit ticks: pgfplots would print powers of ten.</summary>
    public static string Ticks(char axis, IEnumerable<(double At, string Label)> ticks)
    {
        (double At, string Label)[] all = [.. ticks];
        return $"{axis}tick={{{string.Join(',', all.Select(t => LatexText.Plain(t.At)))}}}, {axis}ticklabels={{{string.Join(',', all.Select(t => $"{{{LatexText.Escape(t.Label)}}}"))}}}";
    }

    /// <summary>A logarithmic axis with round ticks inside the values; nothing for a linear one.</summary>
    public static string Log(char axis, IReadOnlyCollection<double> values, Language language)
    {
        IEnumerable<(double, string)> ticks = Axis.Over(values, 0, 1).Ticks().Select(t => (t, language.Localised(Axis.Label(t))));
        return $"{axis}mode=log, {Ticks(axis, ticks)}";
    }

    public static string Style(SeriesStyle style) => $"ub {style.Paint.Class}, ub {style.Dash switch { "" => "same", "2 4" => "free", _ => "cross" }}";
}
