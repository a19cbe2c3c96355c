using System.Globalization;
using System.Text;
using UniBench.Reports.Charts;

namespace UniBench.Reports.Latex;

internal static class DistributionPlot
{
    /// <summary>Steps smaller than this part of the share beyond are not seen on paper; TeX's memory is small.</summary>
    private const double Finest = 0.03;

    public static void Append(StringBuilder text, DistributionChart chart, Func<string, string> data)
    {
        string x = chart.IsLog ? PlotAxis.Log('x', [.. chart.Series.SelectMany(s => s.Steps).Select(s => s.Value)], chart.Language) : "enlarge x limits=0.02";
        text.Append(CultureInfo.InvariantCulture, $"\\begin{{axis}}[ub axis, {PlotAxis.Numbers(chart.Language)}{x}, ymode=log, ymin={LatexText.Plain(chart.Least)}, ymax=1.2, {PlotAxis.Ticks('y', chart.Ticks)},\n");
        text.Append(CultureInfo.InvariantCulture, $"  xlabel={PlotAxis.Label(chart.XTitle, chart.IsLog, chart.Language)}, ylabel={PlotAxis.Label(chart.Language.ShareBeyond, isLog: true, chart.Language)}]\n");
        foreach (DistributionSeries series in chart.Series)
        {
            string style = PlotAxis.Style(series.Style);
            text.Append(CultureInfo.InvariantCulture, $"\\addplot[{style}, const plot, mark=none, forget plot] table {{{data(Rows(Thinned(series)))}}};\n");
            text.Append(CultureInfo.InvariantCulture, $"\\addplot[{style}, only marks, forget plot] table {{{data(Rows(series.Quantiles.Select(q => new Step(q.Value, 1 - q.Share))))}}};\n");
            text.Append(CultureInfo.InvariantCulture, $"\\addlegendimage{{{style}}}\\addlegendentry{{{LatexText.Escape(series.Label)}}}\n");
        }

        text.Append("\\end{axis}\n");
    }

    /// <summary>Values with the share beyond them.</summary>
    private static IEnumerable<Step> Thinned(DistributionSeries series)
    {
        yield return series.Steps[0] with { Share = 1 };
        double before = 1;
        foreach (Step step in series.Steps)
        {
            double beyond = series.Beyond(step);
            if (beyond <= before * (1 - Finest) || step == series.Steps[^1])
            {
                yield return step with { Share = beyond };
                before = beyond;
            }
        }
    }

    private static string Rows(IEnumerable<Step> steps) =>
        "x y\n" + string.Concat(steps.Select(s => string.Create(CultureInfo.InvariantCulture, $"{s.Value:G9} {s.Share:G6}\n")));
}
