using UniBench.Reports.Languages;

namespace UniBench.Reports.Charts;

/// <summary>How often operations took how long: outlines over equal bins, a line for each backend and placement.</summary>
/// <param name="Edges">The bins' borders, one more than there are bins.</param>
/// <param name="Series">Shares of each series' operations in the bins; the point's X is the bin's lower border.</param>
internal sealed record HistogramChart(
    string Slug, string Title, string Caption, string XTitle, IReadOnlyList<double> Edges, IReadOnlyList<ChartSeries> Series, bool IsLog, Language Language)
    : Chart(Slug, Title, Caption, Language)
{
    internal override Svg Compose()
    {
        Axis y = Axis.Over([0, .. Series.SelectMany(s => s.Points).Select(p => p.Y)], Frame.Vertical.From, Frame.Vertical.To);
        Axis x = IsLog ? Axis.Logarithmic(Edges[0], Edges[^1], Frame.Horizontal.From, Frame.Horizontal.To)
            : Axis.Linear(Edges[0], Edges[^1], Frame.Horizontal.From, Frame.Horizontal.To);
        Frame frame = new(Title, Language.ShareOfOperations, Scaled(XTitle, x.IsLog), Series);
        frame.YTicks(y.Ticks().Select(t => (y.At(t), Label(t))));
        frame.XTicks(x.Ticks().Select(t => (x.At(t), Label(t))));
        foreach (ChartSeries line in Series)
        {
            frame.Canvas.Path(Outline(line, x, y), line.Style.Paint, dash: line.Style.Dash);
            int peak = Enumerable.Range(0, line.Points.Count).MaxBy(i => line.Points[i].Y);
            double middle = (x.At(Edges[peak]) + x.At(Edges[peak + 1])) / 2;
            frame.Canvas.Marker(line.Style.Marker, middle, y.At(line.Points[peak].Y), line.Style.Paint, Tip(line, peak));
        }

        return frame.Finish(withMarkers: true);
    }

    private string Tip(ChartSeries line, int bin) =>
        $"{line.Label}: {Language.Percent(line.Points[bin].Y)} {Language.Interval(Edges[bin], Edges[bin + 1])}";

    private IEnumerable<(double X, double Y)> Outline(ChartSeries line, Axis x, Axis y)
    {
        int first = Enumerable.Range(0, line.Points.Count).First(i => line.Points[i].Y > 0);
        int last = Enumerable.Range(0, line.Points.Count).Last(i => line.Points[i].Y > 0);
        yield return (x.At(Edges[first]), y.At(0));
        for (int i = first; i <= last; i++)
        {
            yield return (x.At(Edges[i]), y.At(line.Points[i].Y));
            yield return (x.At(Edges[i + 1]), y.At(line.Points[i].Y));
        }

        yield return (x.At(Edges[last + 1]), y.At(0));
    }
}
