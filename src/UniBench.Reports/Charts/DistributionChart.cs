using UniBench.Reports.Languages;

namespace UniBench.Reports.Charts;

/// <summary>Share of operations that took at most so long: a step line for each backend and placement, marked at round shares.</summary>
internal sealed record DistributionChart(string Slug, string Title, string Caption, string XTitle, IReadOnlyList<DistributionSeries> Series, Language Language)
    : Chart(Slug, Title, Caption, Language)
{
    public IReadOnlyList<DistributionSeries> Series { get; } = [.. Series.Select(s => s with { Style = SeriesStyle.Plain(s.Style, Series.Select(o => o.Style)) })];

    public bool IsLog => Axis.IsLogFor([.. Series.SelectMany(s => s.Steps).Select(p => p.Value)]);

    internal override Svg Compose()
    {
        Axis y = Axis.Linear(0, 1, Frame.Vertical.From, Frame.Vertical.To);
        Axis x = Axis.Over([.. Series.SelectMany(s => s.Steps).Select(p => p.Value)], Frame.Horizontal.From, Frame.Horizontal.To);
        Frame frame = new(Title, Language.ShareOfOperations, Scaled(XTitle, x.IsLog), [.. Series.Select(s => new ChartSeries(s.Label, s.Style, []))]);
        frame.YTicks(y.Ticks().Select(t => (y.At(t), Label(t))));
        frame.XTicks(x.Ticks().Select(t => (x.At(t), Label(t))));
        foreach (DistributionSeries line in Series)
        {
            frame.Canvas.Path(Corners(line.Steps, x, y), line.Style.Paint, dash: line.Style.Dash);
        }

        foreach (DistributionSeries line in Series)
        {
            foreach (Quantile q in line.Quantiles)
            {
                frame.Canvas.Marker(line.Style.Marker, x.At(q.Value), y.At(q.Share), line.Style.Paint, $"{line.Label}: {q.Name} {Language.Number(q.Value)}");
            }
        }

        return frame.Finish(withMarkers: true);
    }

    /// <summary>Steps nearer than half a pixel are drawn as one.</summary>
    private static IEnumerable<(double X, double Y)> Corners(IReadOnlyList<Step> steps, Axis x, Axis y)
    {
        (double X, double Y) at = (x.At(steps[0].Value), y.At(0));
        yield return at;
        foreach (Step step in steps)
        {
            (double X, double Y) next = (x.At(step.Value), y.At(step.Share));
            bool isLast = step == steps[^1];
            if (!isLast && Math.Abs(next.X - at.X) < 0.5 && Math.Abs(next.Y - at.Y) < 0.5)
            {
                continue;
            }

            if (next.X > at.X)
            {
                yield return (next.X, at.Y);
            }

            yield return next;
            at = next;
        }
    }
}
