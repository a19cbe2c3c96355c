using System.Globalization;
using System.Text;
using UniBench.Reports.Charts;

namespace UniBench.Reports.Latex;

/// <summary>A strip for each series, all over one axis.</summary>
internal static class HistogramPlot
{
    public static void Append(StringBuilder text, HistogramChart chart, Func<string, string> data)
    {
        string x = chart.IsLog ? PlotAxis.Log('x', [chart.Edges[0], chart.Edges[^1]], chart.Language) + "," : "";
        text.Append(CultureInfo.InvariantCulture, $"\\begin{{groupplot}}[ub strips, group style={{group size=1 by {chart.Series.Count}}}, {PlotAxis.Numbers(chart.Language)}{x}\n");
        text.Append(CultureInfo.InvariantCulture, $"  xmin={LatexText.Plain(chart.Edges[0])}, xmax={LatexText.Plain(chart.Edges[^1])}, xlabel={PlotAxis.Label(chart.XTitle, chart.IsLog, chart.Language)}]\n");
        foreach (ChartSeries series in chart.Series)
        {
            StringBuilder rows = new("x y\n");
            foreach (ChartPoint p in series.Points)
            {
                rows.Append(CultureInfo.InvariantCulture, $"{p.X:G9} {p.Y:G6}\n");
            }

            rows.Append(CultureInfo.InvariantCulture, $"{chart.Edges[^1]:G9} 0\n");
            double peak = series.Points.Max(p => p.Y);
            text.Append(CultureInfo.InvariantCulture, $"\\nextgroupplot[ymax={peak:G6}]\n");
            text.Append(CultureInfo.InvariantCulture, $"\\addplot[{PlotAxis.Look(series.Style)}, ub strip] table {{{data(rows.ToString())}}};\n");
            text.Append(CultureInfo.InvariantCulture, $"\\node[ub name] at (rel axis cs:0,0.5) {{{LatexText.Escape(series.Label)}}};\n");
            text.Append(CultureInfo.InvariantCulture, $"\\node[ub peak] at (rel axis cs:1,0.5) {{{LatexText.Escape(chart.Language.Percent(Math.Round(peak, 3)))}}};\n");
        }

        text.Append("\\end{groupplot}\n");
    }
}
