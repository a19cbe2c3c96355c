using System.Globalization;
using System.Text;
using UniBench.Reports.Charts;

namespace UniBench.Reports.Latex;

/// <summary>Bars below each other; dots on a logarithmic axis, where a bar has no honest length.</summary>
internal static class BarPlot
{
    private const double BarCm = 0.42;

    public static void Append(StringBuilder text, BarChart chart, Func<string, string> data)
    {
        List<(double At, string Label)> ticks = [];
        List<(double At, Bar Bar)> bars = [];
        int line = 0;
        foreach (BarGroup group in chart.Groups)
        {
            ticks.Add((line++, $"\\textbf{{{LatexText.Escape(group.Label)}}}"));
            foreach (Bar bar in group.Bars)
            {
                bars.Add((line, bar));
                ticks.Add((line++, LatexText.Escape(bar.Label)));
            }
        }

        string x = chart.IsLog ? PlotAxis.Log('x', [.. bars.SelectMany(b => new[] { b.Bar.Low, b.Bar.High })], chart.Language) : "xmin=0";
        text.Append(CultureInfo.InvariantCulture, $"\\begin{{axis}}[ub bars, {PlotAxis.Numbers(chart.Language)}{x}, height={(line * BarCm) + 0.3:0.##}cm, ymin=-0.7, ymax={line - 0.3:0.#},\n");
        text.Append(CultureInfo.InvariantCulture, $"  ytick={{{string.Join(',', ticks.Select(t => LatexText.Plain(t.At)))}}}, yticklabels={{{string.Join(',', ticks.Select(t => $"{{{t.Label}}}"))}}},\n");
        text.Append(CultureInfo.InvariantCulture, $"  xlabel={PlotAxis.Label(chart.XTitle, chart.IsLog, chart.Language)}]\n");
        foreach (var style in bars.GroupBy(b => PlotAxis.Look(b.Bar.Style)))
        {
            StringBuilder rows = new("x y down up\n");
            foreach ((double at, Bar bar) in style)
            {
                rows.Append(CultureInfo.InvariantCulture, $"{bar.Value:G9} {at} {bar.Value - bar.Low:G9} {bar.High - bar.Value:G9}\n");
            }

            string kind = chart.IsLog ? "ub dots" : "ub bar";
            text.Append(CultureInfo.InvariantCulture, $"\\addplot[{style.Key}, {kind}, ub x interval] table[x=x, y=y, x error minus=down, x error plus=up] {{{data(rows.ToString())}}};\n");
        }

        text.Append("\\end{axis}\n");
    }
}
