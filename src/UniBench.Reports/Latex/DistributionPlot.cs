using System.Globalization;
using System.Text;
using UniBench.Reports.Charts;

namespace UniBench.Reports.Latex;

internal static class DistributionPlot
{
    /// <summary>Steps smaller than this share are not seen on paper; TeX's memory is small.</summary>
    private const double Finest = 0.002;

    public static void Append(StringBuilder text, DistributionChart chart, Func<string, string> data)
    {
        string x = chart.IsLog ? PlotAxis.Log('x', [.. chart.Series.SelectMany(s => s.Steps).Select(s => s.Value)], chart.Language) : "scaled x ticks=false";
        text.Append(CultureInfo.InvariantCulture, $"\\begin{{axis}}[ub axis, {PlotAxis.Numbers(chart.Language)}{x}, ymin=0, ymax=1.02,\n");
        text.Append(CultureInfo.InvariantCulture, $"  xlabel={PlotAxis.Label(chart.XTitle, chart.IsLog, chart.Language)}, ylabel={{{LatexText.Escape(chart.Language.ShareOfOperations)}}}]\n");
        foreach (DistributionSeries series in chart.Series)
        {
            string style = PlotAxis.Style(series.Style);
            text.Append(CultureInfo.InvariantCulture, $"\\addplot[{style}, const plot, mark=none, forget plot] table {{{data(Rows(Thinned(series.Steps)))}}};\n");
            text.Append(CultureInfo.InvariantCulture, $"\\addplot[{style}, only marks, forget plot] table {{{data(Rows(series.Quantiles.Select(q => new Step(q.Value, q.Share))))}}};\n");
            text.Append(CultureInfo.InvariantCulture, $"\\addlegendimage{{{style}}}\\addlegendentry{{{LatexText.Escape(series.Label)}}}\n");
        }

        text.Append("\\end{axis}\n");
    }

    private static IEnumerable<Step> Thinned(IReadOnlyList<Step> steps)
    {
        yield return steps[0] with { Share = 0 };
        double before = 0;
        for (int i = 0; i < steps.Count; i++)
        {
            if (steps[i].Share - before >= Finest || i == steps.Count - 1)
            {
                yield return steps[i];
                before = steps[i].Share;
            }
        }
    }

    private static string Rows(IEnumerable<Step> steps) =>
        "x y\n" + string.Concat(steps.Select(s => string.Create(CultureInfo.InvariantCulture, $"{s.Value:G9} {s.Share:G6}\n")));
}
