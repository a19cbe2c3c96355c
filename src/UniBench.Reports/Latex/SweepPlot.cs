using System.Globalization;
using System.Text;
using UniBench.Reports.Charts;

namespace UniBench.Reports.Latex;

internal static class SweepPlot
{
    public static void Append(StringBuilder text, SweepChart chart, Func<string, string> data)
    {
        IEnumerable<(double, string)> ticks = chart.Points.DistinctBy(p => p.X).OrderBy(p => p.X).Select(p => (p.X, p.XLabel));
        string x = $"{(chart.IsXLog ? "xmode=log, " : "")}enlarge x limits=0.05, {PlotAxis.Ticks('x', ticks)}";
        string y = chart.IsYLog ? PlotAxis.Log('y', [.. chart.Points.SelectMany(p => new[] { p.Low, p.High })], chart.Language) + ", enlarge y limits=0.05" : "ymin=0, enlarge y limits={upper, value=0.05}";
        text.Append(CultureInfo.InvariantCulture, $"\\begin{{axis}}[ub axis, {PlotAxis.Numbers(chart.Language)}{x}, {y},\n");
        text.Append(CultureInfo.InvariantCulture, $"  xlabel={PlotAxis.Label(chart.XTitle, chart.IsXLog, chart.Language)}, ylabel={PlotAxis.Label(chart.YTitle, chart.IsYLog, chart.Language)}]\n");
        for (int i = 0; i < chart.Series.Count; i++)
        {
            ChartSeries series = chart.Series[i];
            StringBuilder rows = new("x y down up\n");
            foreach (ChartPoint p in series.Points)
            {
                rows.Append(CultureInfo.InvariantCulture, $"{p.X:G9} {p.Y:G9} {p.Y - p.Low:G9} {p.High - p.Y:G9}\n");
            }

            text.Append(CultureInfo.InvariantCulture, $"\\addplot[{PlotAxis.Style(series.Style)}, xshift={LatexText.Plain(chart.Aside(i) * 2.2)}pt, ub interval] table[x=x, y=y, y error minus=down, y error plus=up] {{{data(rows.ToString())}}};\n");
            text.Append(CultureInfo.InvariantCulture, $"\\addlegendentry{{{LatexText.Escape(series.Label)}}}\n");
        }

        text.Append("\\end{axis}\n");
    }
}
