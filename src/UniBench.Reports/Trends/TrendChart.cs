using System.Globalization;
using UniBench.Measure.History;
using UniBench.Reports.Charts;
using UniBench.Reports.Model;

namespace UniBench.Reports.Trends;

/// <summary>Series of one case and metric, run after run: medians with their intervals, confirmed steps as vertical lines.</summary>
internal static class TrendChart
{
    private const string StepColour = "#cf222e";

    /// <param name="series">Of one metric in one unit; each drawn as a line of its backend and placement.</param>
    public static string Draw(string title, IReadOnlyList<HistorySeries> series)
    {
        UnitScale scale = UnitScale.For(series[0].Unit, series.SelectMany(s => s.Points).Select(p => p.Summary.Median));
        DateTimeOffset[] runs = [.. series.SelectMany(s => s.Points).Select(p => p.Started).Distinct().Order()];
        ChartSeries[] lines = [.. series.Select(s => Line(s, runs, scale.Factor))];
        ChartPoint[] all = [.. lines.SelectMany(l => l.Points)];
        Axis y = Axis.Over([.. all.SelectMany(p => new[] { p.Y, p.Low, p.High })], Frame.Vertical.From, Frame.Vertical.To);
        Axis x = Axis.Linear(0, Math.Max(1, runs.Length - 1), Frame.Horizontal.From, Frame.Horizontal.To);
        string better = series[0].Better == UniBench.Measure.Better.Lower ? "lower" : "higher";
        var frame = new Frame(title, Frame.Scaled($"{series[0].Metric}, {scale.Unit}, {better} is better", y.IsLog), "run", lines);
        frame.YTicks(y);
        frame.XTicks(all.DistinctBy(p => p.X).OrderBy(p => p.X).Select(p => (x.At(p.X), p.XLabel)));
        for (int i = 0; i < series.Count; i++)
        {
            ChartSeries line = lines[i];
            foreach (LevelChange change in series[i].Changes)
            {
                double at = x.At(line.Points[change.Index].X - 0.5);
                frame.Canvas.Line(at, Frame.Vertical.From, at, Frame.Vertical.To, StepColour, 1.5, "3 3");
            }

            frame.Canvas.Path(line.Points.Select(p => (x.At(p.X), y.At(p.Y))), line.Style.Colour, dash: line.Style.Dash);
            foreach (ChartPoint point in line.Points)
            {
                frame.Canvas.Line(x.At(point.X), y.At(point.Low), x.At(point.X), y.At(point.High), line.Style.Colour, 1.5);
                frame.Canvas.Marker(line.Style.Marker, x.At(point.X), y.At(point.Y), line.Style.Colour);
            }
        }

        return frame.Finish(withMarkers: true);
    }

    private static ChartSeries Line(HistorySeries series, DateTimeOffset[] runs, double factor)
    {
        string[] place = series.Id.Split('/')[^2..];
        return new ChartSeries(
            $"{place[0]}, {place[1]}",
            SeriesStyle.Of(place[0], place[1]),
            [.. series.Points.Select(p => new ChartPoint(
                Array.IndexOf(runs, p.Started),
                p.Started.ToString("MM-dd", CultureInfo.InvariantCulture),
                p.Summary.Median * factor,
                p.Summary.Low * factor,
                p.Summary.High * factor))]);
    }
}
