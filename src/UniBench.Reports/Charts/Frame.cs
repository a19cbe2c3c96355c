namespace UniBench.Reports.Charts;

/// <summary>What line charts share: title, the plot's box, grid, ticks, axis titles, legend below.</summary>
internal sealed class Frame
{
    public const int Width = 760;
    private const int PlotHeight = 330;
    private const double Left = 80;
    private const double Right = Width - 20;
    private const double Top = 66;
    private const double Bottom = Top + PlotHeight;
    private const double LegendLine = 22;

    private readonly IReadOnlyList<ChartSeries> _series;

    public Frame(string title, string yTitle, string xTitle, IReadOnlyList<ChartSeries> series)
    {
        _series = series;
        Canvas = new Svg(Width, (int)(Bottom + 62 + (LegendLines() * LegendLine)), $"{title}, {yTitle} over {xTitle}");
        Canvas.Text(Left, 24, title, weight: "bold");
        Canvas.Text(Left, 50, yTitle);
        Canvas.Text((Left + Right) / 2, Bottom + 44, xTitle, "middle");
    }

    public Svg Canvas { get; }

    public static (double From, double To) Horizontal => (Left + 12, Right - 16);

    public static (double From, double To) Vertical => (Bottom, Top);

    public void YTicks(IEnumerable<(double Y, string Label)> ticks)
    {
        foreach ((double y, string label) in ticks)
        {
            Canvas.Line(Left, y, Right, y, Paint.Grid);
            Canvas.Text(Left - 8, y + 4, label, "end");
        }
    }

    /// <summary>Labels that would touch the one before are left out; their tick marks stay.</summary>
    public void XTicks(IEnumerable<(double X, string Label)> ticks)
    {
        double free = double.NegativeInfinity;
        foreach ((double x, string label) in ticks)
        {
            Canvas.Line(x, Bottom, x, Bottom + 5, Paint.Axis);
            double half = Svg.TextWidth(label) / 2;
            if (x - half >= free)
            {
                Canvas.Text(x, Bottom + 21, label, "middle");
                free = x + half + 6;
            }
        }
    }

    /// <summary>Vertical grid lines with labels below, for charts that are laid out in rows.</summary>
    public static void XTicks(Svg canvas, IEnumerable<(double X, string Label)> ticks, double top, double bottom)
    {
        double free = double.NegativeInfinity;
        foreach ((double x, string label) in ticks)
        {
            canvas.Line(x, top, x, bottom, Paint.Grid);
            double half = Svg.TextWidth(label) / 2;
            if (x - half >= free)
            {
                canvas.Text(x, bottom + 18, label, "middle");
                free = x + half + 6;
            }
        }
    }

    /// <summary>The axes' lines, and the legend under the plot.</summary>
    public Svg Finish(bool withMarkers)
    {
        Canvas.Line(Left, Bottom, Right, Bottom, Paint.Axis);
        Canvas.Line(Left, Top, Left, Bottom, Paint.Axis);
        double column = ColumnWidth();
        int perLine = PerLine();
        for (int i = 0; i < _series.Count; i++)
        {
            double x = Left + (i % perLine * column);
            double y = Bottom + 70 + (i / perLine * LegendLine);
            SeriesStyle style = _series[i].Style;
            Canvas.Line(x, y - 4, x + 36, y - 4, style.Paint, 2, style.Dash);
            if (withMarkers)
            {
                Canvas.Marker(style.Marker, x + 18, y - 4, style.Paint);
            }

            Canvas.Text(x + 44, y, _series[i].Label);
        }

        return Canvas;
    }

    private double ColumnWidth() => _series.Count == 0 ? Width : 44 + 24 + _series.Max(s => Svg.TextWidth(s.Label));

    private int PerLine() => Math.Max(1, (int)((Right - Left) / ColumnWidth()));

    private int LegendLines() => (_series.Count + PerLine() - 1) / PerLine();
}
