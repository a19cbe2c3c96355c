using System.Globalization;
using UniBench.Measure;
using UniBench.Measure.History;
using UniBench.Reports.Charts;
using UniBench.Reports.Languages;

namespace UniBench.Reports.Trends;

/// <summary>Series of one case and metric, run after run: medians with their intervals, confirmed steps as vertical lines.</summary>
/// <param name="Series">Of one metric in one unit; each drawn as a line of its backend and placement.</param>
internal sealed record TrendChart(string Slug, string Title, string Caption, IReadOnlyList<HistorySeries> Series) : Chart(Slug, Title, Caption, Language.English)
{
    private static readonly Paint StepPaint = new("#cf222e", "step");

    internal override Svg Compose()
    {
        UnitScale scale = UnitScale.For(Series[0].Unit, Series.SelectMany(s => s.Points).Select(p => p.Summary.Median));
        DateTimeOffset[] runs = [.. Series.SelectMany(s => s.Points).Select(p => p.Started).Distinct().Order()];
        BackendStyles styles = new(Series.Select(s => (s.Backend, s.Look)));
        ChartSeries[] lines = [.. Series.Select(s => Line(s, styles, runs, scale.Factor))];
        ChartPoint[] all = [.. lines.SelectMany(l => l.Points)];
        Axis y = Axis.Over([.. all.SelectMany(p => new[] { p.Y, p.Low, p.High })], Frame.Vertical.From, Frame.Vertical.To);
        Axis x = Axis.Linear(0, Math.Max(1, runs.Length - 1), Frame.Horizontal.From, Frame.Horizontal.To);
        Frame frame = new(Title, Scaled($"{Series[0].Metric}, {scale.Unit}, {Language.Direction(Series[0].Better)}", y.IsLog), Language.Run, lines);
        frame.YTicks(y.Ticks().Select(t => (y.At(t), Label(t))));
        frame.XTicks(all.DistinctBy(p => p.X).OrderBy(p => p.X).Select(p => (x.At(p.X), p.XLabel)));
        foreach ((ChartSeries line, HistorySeries series) in lines.Zip(Series))
        {
            foreach (LevelChange change in series.Changes)
            {
                double at = x.At(line.Points[change.Index].X - 0.5);
                frame.Canvas.Line(at, Frame.Vertical.From, at, Frame.Vertical.To, StepPaint, 1.5, "3 3");
            }

            frame.Canvas.Path(line.Points.Select(p => (x.At(p.X), y.At(p.Y))), line.Style.Paint, dash: line.Style.Dash);
            foreach ((ChartPoint point, HistoryPoint run) in line.Points.Zip(series.Points))
            {
                frame.Canvas.Line(x.At(point.X), y.At(point.Low), x.At(point.X), y.At(point.High), line.Style.Paint, 1.5);
                frame.Canvas.Marker(line.Style.Marker, x.At(point.X), y.At(point.Y), line.Style.Paint, Tip(line, point, run));
            }
        }

        return frame.Finish(withMarkers: true);
    }

    private string Tip(ChartSeries line, ChartPoint point, HistoryPoint run) => string.Create(
        CultureInfo.InvariantCulture,
        $"{line.Label}, {run.Started:yyyy-MM-dd HH:mm}, {run.Commit}: {Language.Number(point.Y)} {Language.Interval(point.Low, point.High)}");

    private static ChartSeries Line(HistorySeries series, BackendStyles styles, DateTimeOffset[] runs, double factor) => new(
        $"{series.Backend}, {series.Placement}",
        styles.Of(series.Backend, series.Placement),
        [.. series.Points.Select(p => new ChartPoint(
            Array.IndexOf(runs, p.Started),
            p.Started.ToString("MM-dd", CultureInfo.InvariantCulture),
            p.Summary.Median * factor,
            p.Summary.Low * factor,
            p.Summary.High * factor))]);
}
