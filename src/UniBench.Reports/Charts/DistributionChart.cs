namespace UniBench.Reports.Charts;

/// <summary>Share of operations that took at most so long: a step line for each backend and placement.</summary>
internal static class DistributionChart
{
    public static string Draw(string title, string xTitle, IReadOnlyList<ChartSeries> series)
    {
        Axis y = Axis.Linear(0, 1, Frame.Vertical.From, Frame.Vertical.To);
        Axis x = Axis.Over([.. series.SelectMany(s => s.Points).Select(p => p.X)], Frame.Horizontal.From, Frame.Horizontal.To);
        var frame = new Frame(title, "share of operations", Frame.Scaled(xTitle, x.IsLog), series);
        frame.YTicks(y);
        frame.XTicks(x.Ticks().Select(t => (x.At(t), Axis.Label(t))));
        foreach (ChartSeries line in series)
        {
            frame.Canvas.Path(Steps(line.Points, x, y), line.Style.Colour, dash: line.Style.Dash);
        }

        return frame.Finish(withMarkers: false);
    }

    private static IEnumerable<(double X, double Y)> Steps(IReadOnlyList<ChartPoint> points, Axis x, Axis y)
    {
        double before = 0;
        foreach (ChartPoint point in points)
        {
            yield return (x.At(point.X), y.At(before));
            yield return (x.At(point.X), y.At(point.Y));
            before = point.Y;
        }
    }
}
