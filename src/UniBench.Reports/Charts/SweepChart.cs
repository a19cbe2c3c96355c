using UniBench.Reports.Languages;

namespace UniBench.Reports.Charts;

/// <summary>A metric over a numeric parameter: a line for each backend and placement, a bar for each interval.</summary>
internal sealed record SweepChart(string Slug, string Title, string Caption, string XTitle, string YTitle, IReadOnlyList<ChartSeries> Series, Language Language)
    : Chart(Slug, Title, Caption, Language)
{
    public IReadOnlyList<ChartSeries> Series { get; } = [.. Series.Select(s => s with { Style = SeriesStyle.Plain(s.Style, Series.Select(o => o.Style)) })];

    public bool IsXLog => Axis.IsLogFor([.. Points.Select(p => p.X)]);

    public bool IsYLog => Axis.IsLogFor([.. Points.SelectMany(p => new[] { p.Y, p.Low, p.High })]);

    public IEnumerable<ChartPoint> Points => Series.SelectMany(s => s.Points);

    /// <summary>By how many steps a series is moved sideways, so that intervals at the same place do not cover each other.</summary>
    public double Aside(int series) => Series.Count > 9 ? 0 : series - ((Series.Count - 1) / 2.0);

    internal override Svg Compose()
    {
        Axis y = Axis.Over([.. Points.SelectMany(p => new[] { p.Y, p.Low, p.High })], Frame.Vertical.From, Frame.Vertical.To);
        Axis x = Axis.Over([.. Points.Select(p => p.X)], Frame.Horizontal.From, Frame.Horizontal.To);
        Frame frame = new(Title, Scaled(YTitle, y.IsLog), Scaled(XTitle, x.IsLog), Series);
        frame.YTicks(y.Ticks().Select(t => (y.At(t), Label(t))));
        frame.XTicks(Points.DistinctBy(p => p.X).OrderBy(p => p.X).Select(p => (x.At(p.X), p.XLabel)));
        for (int i = 0; i < Series.Count; i++)
        {
            ChartSeries line = Series[i];
            double aside = Aside(i) * 4;
            frame.Canvas.Path(line.Points.Select(p => (x.At(p.X) + aside, y.At(p.Y))), line.Style.Paint, dash: line.Style.Dash);
            foreach (ChartPoint point in line.Points)
            {
                Whisker(frame.Canvas, x.At(point.X) + aside, y.At(point.Low), y.At(point.High), line.Style.Paint);
                frame.Canvas.Marker(line.Style.Marker, x.At(point.X) + aside, y.At(point.Y), line.Style.Paint, Tip(line, point));
            }
        }

        return frame.Finish(withMarkers: true);
    }

    private string Tip(ChartSeries line, ChartPoint point) =>
        $"{line.Label}, {XTitle} {point.XLabel}: {Language.Number(point.Y)} {Language.Interval(point.Low, point.High)}";

    private static void Whisker(Svg canvas, double x, double low, double high, Paint paint)
    {
        canvas.Line(x, low, x, high, paint, 1.5);
        canvas.Line(x - 4, low, x + 4, low, paint, 1.5);
        canvas.Line(x - 4, high, x + 4, high, paint, 1.5);
    }
}
