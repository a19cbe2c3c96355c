namespace UniBench.Reports.Charts;

/// <summary>A metric over a numeric parameter: a line for each backend and placement, a bar for each interval.</summary>
internal static class SweepChart
{
    public static string Draw(string title, string yTitle, string xTitle, IReadOnlyList<ChartSeries> series) =>
        Compose(title, yTitle, xTitle, series).Finish(withMarkers: true);

    internal static Frame Compose(string title, string yTitle, string xTitle, IReadOnlyList<ChartSeries> series)
    {
        ChartPoint[] all = [.. series.SelectMany(s => s.Points)];
        Axis y = Axis.Over([.. all.SelectMany(p => new[] { p.Y, p.Low, p.High })], Frame.Vertical.From, Frame.Vertical.To);
        Axis x = Axis.Over([.. all.Select(p => p.X)], Frame.Horizontal.From, Frame.Horizontal.To);
        var frame = new Frame(title, Frame.Scaled(yTitle, y.IsLog), Frame.Scaled(xTitle, x.IsLog), series);
        frame.YTicks(y);
        frame.XTicks(all.DistinctBy(p => p.X).OrderBy(p => p.X).Select(p => (x.At(p.X), p.XLabel)));
        foreach (ChartSeries line in series)
        {
            frame.Canvas.Path(line.Points.Select(p => (x.At(p.X), y.At(p.Y))), line.Style.Colour, dash: line.Style.Dash);
            foreach (ChartPoint point in line.Points)
            {
                Whisker(frame.Canvas, x.At(point.X), y.At(point.Low), y.At(point.High), line.Style.Colour);
                frame.Canvas.Marker(line.Style.Marker, x.At(point.X), y.At(point.Y), line.Style.Colour);
            }
        }

        return frame;
    }

    private static void Whisker(Svg canvas, double x, double low, double high, string colour)
    {
        canvas.Line(x, low, x, high, colour, 1.5);
        canvas.Line(x - 4, low, x + 4, low, colour, 1.5);
        canvas.Line(x - 4, high, x + 4, high, colour, 1.5);
    }
}
