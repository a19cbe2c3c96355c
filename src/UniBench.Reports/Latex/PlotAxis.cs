using System.Globalization;
using UniBench.Reports.Charts;
using UniBench.Reports.Languages;

namespace UniBench.Reports.Latex;

/// <summary>Options that all axes share, and the styles by which preamble.tex knows markers and placements.</summary>
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

    /// <summary>Colour and marker. The colour is not a name of the preamble's: one preamble serves reports of any backends.</summary>
    public static string Look(SeriesStyle style)
    {
        byte[] rgb = Convert.FromHexString(style.Paint.Colour.AsSpan(1));
        return string.Create(CultureInfo.InvariantCulture, $"color={{rgb,255:red,{rgb[0]};green,{rgb[1]};blue,{rgb[2]}}}, ub mark {style.Marker.ToString().ToLowerInvariant()}");
    }

    public static string Style(SeriesStyle style) => $"{Look(style)}, ub {style.Dash switch { "" => "same", "2 4" => "free", _ => "cross" }}";
}
