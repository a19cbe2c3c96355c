using UniBench.Reports.Languages;

namespace UniBench.Reports.Charts;

/// <summary>Share of operations that took longer than so long, on a logarithmic axis, where tails are seen: a step line for each backend and placement, marked at quantiles.</summary>
internal sealed record DistributionChart(string Slug, string Title, string Caption, string XTitle, IReadOnlyList<DistributionSeries> Series, Language Language)
    : Chart(Slug, Title, Caption, Language)
{
    public IReadOnlyList<DistributionSeries> Series { get; } = [.. Series.Select(s => s with { Style = SeriesStyle.Plain(s.Style, Series.Select(o => o.Style)) })];

    public bool IsLog => Axis.IsLogFor([.. Series.SelectMany(s => s.Steps).Select(p => p.Value)]);

    /// <summary>The axis' lower end: one operation of the series that has most.</summary>
    public double Least => 1 / Series.Max(s => s.Count);

    /// <summary>Powers of ten from all operations down, as percentages.</summary>
    public IEnumerable<(double Share, string Label)> Ticks =>
        Enumerable.Range(0, 12).Select(i => Math.Pow(10, -i)).TakeWhile(share => share >= Least).Select(share => (share, $"{Label(share * 100)} %"));

    internal override Svg Compose()
    {
        Axis y = Axis.Logarithmic(Least, 1, Frame.Vertical.From, Frame.Vertical.To);
        Axis x = Axis.Over([.. Series.SelectMany(s => s.Steps).Select(p => p.Value)], Frame.Horizontal.From, Frame.Horizontal.To);
        Frame frame = new(Title, Scaled(Language.ShareBeyond, isLog: true), Scaled(XTitle, x.IsLog), [.. Series.Select(s => new ChartSeries(s.Label, s.Style, []))]);
        frame.YTicks(Ticks.Select(t => (y.At(t.Share), t.Label)));
        frame.XTicks(x.Ticks().Select(t => (x.At(t), Label(t))));
        foreach (DistributionSeries line in Series)
        {
            frame.Canvas.Path(Corners(line, x, y), line.Style.Paint, dash: line.Style.Dash);
        }

        foreach (DistributionSeries line in Series)
        {
            foreach (Quantile q in line.Quantiles)
            {
                frame.Canvas.Marker(line.Style.Marker, x.At(q.Value), y.At(1 - q.Share), line.Style.Paint, $"{line.Label}: {q.Name} {Language.Number(q.Value)}");
            }
        }

        return frame.Finish(withMarkers: true);
    }

    /// <summary>Steps nearer than half a pixel are drawn as one.</summary>
    private static IEnumerable<(double X, double Y)> Corners(DistributionSeries line, Axis x, Axis y)
    {
        (double X, double Y) at = (x.At(line.Steps[0].Value), y.At(1));
        yield return at;
        foreach (Step step in line.Steps)
        {
            (double X, double Y) next = (x.At(step.Value), y.At(line.Beyond(step)));
            bool isLast = step == line.Steps[^1];
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
