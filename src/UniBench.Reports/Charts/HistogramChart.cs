using UniBench.Reports.Languages;

namespace UniBench.Reports.Charts;

/// <summary>How often operations took how long: a strip of bars for each backend and placement.</summary>
/// <param name="Edges">The bins' borders, one more than there are bins.</param>
/// <param name="Series">Shares of each series' operations in the bins; the point's X is the bin's lower border.</param>
internal sealed record HistogramChart(
    string Slug, string Title, string Caption, string XTitle, IReadOnlyList<double> Edges, IReadOnlyList<ChartSeries> Series, bool IsLog, Language Language)
    : Chart(Slug, Title, Caption, Language)
{
    private const double Top = 44;
    private const double Strip = 40;
    private const double Gap = 8;

    internal override Svg Compose()
    {
        double left = 30 + Series.Max(s => Svg.TextWidth(s.Label));
        double right = Frame.Width - 80;
        double bottom = Top + (Series.Count * (Strip + Gap));
        Axis x = IsLog ? Axis.Logarithmic(Edges[0], Edges[^1], left, right) : Axis.Linear(Edges[0], Edges[^1], left, right);
        Svg canvas = new(Frame.Width, (int)(bottom + 56), $"{Title}, {XTitle}");
        canvas.Text(16, 24, Title, weight: "bold");
        Frame.XTicks(canvas, x.Ticks().Select(t => (x.At(t), Label(t))), Top, bottom);
        canvas.Text((left + right) / 2, bottom + 42, Scaled(XTitle, IsLog), "middle");
        for (int i = 0; i < Series.Count; i++)
        {
            Draw(canvas, x, Series[i], left, right, Top + Gap + (i * (Strip + Gap)));
        }

        return canvas;
    }

    /// <summary>One strip, as high as its own fullest bin, whose share stands behind it.</summary>
    private void Draw(Svg canvas, Axis x, ChartSeries line, double left, double right, double top)
    {
        double peak = line.Points.Max(p => p.Y);
        canvas.Text(left - 10, top + (Strip / 2) + 4, line.Label, "end");
        for (int i = 0; i < line.Points.Count; i++)
        {
            double share = line.Points[i].Y;
            if (share > 0)
            {
                // What is there is seen, however little.
                double height = Math.Max(1, share / peak * Strip);
                double from = x.At(Edges[i]);
                canvas.Rectangle(from, top + Strip - height, x.At(Edges[i + 1]) - from, height, line.Style.Paint, Tip(line, i));
            }
        }

        canvas.Line(left, top + Strip, right, top + Strip, Paint.Axis);
        canvas.Text(right + 8, top + (Strip / 2) + 4, Language.Percent(Math.Round(peak, 3)));
    }

    private string Tip(ChartSeries line, int bin) =>
        $"{line.Label}: {Language.Percent(Math.Round(line.Points[bin].Y, 5))} {Language.Interval(Edges[bin], Edges[bin + 1])}";
}
