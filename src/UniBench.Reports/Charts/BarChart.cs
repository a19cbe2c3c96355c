using UniBench.Reports.Languages;

namespace UniBench.Reports.Charts;

/// <summary>
/// Groups of horizontal bars, one for each backend, each bar named and its value written out. When the values span
/// more than a factor of 30 the axis is logarithmic and dots take the place of bars, which would have no honest length there.
/// </summary>
internal sealed record BarChart(string Slug, string Title, string Caption, string XTitle, IReadOnlyList<BarGroup> Groups, Language Language)
    : Chart(Slug, Title, Caption, Language)
{
    private const double LogFrom = 30;
    private const double Top = 44;
    private const double BarHeight = 20;
    private const double GroupGap = 12;
    private const double HeadHeight = 22;

    public bool IsLog => Axis.IsLogFor([.. Ends], LogFrom);

    private IEnumerable<double> Ends => Groups.SelectMany(g => g.Bars).SelectMany(b => new[] { b.Value, b.Low, b.High });

    internal override Svg Compose()
    {
        double left = 30 + Groups.SelectMany(g => g.Bars).Max(b => Svg.TextWidth(b.Label));
        double right = Frame.Width - 90;
        double bottom = Top + Groups.Sum(g => HeadHeight + (g.Bars.Count * BarHeight) + GroupGap);
        Axis x = Axis.Over([.. Ends], left, right, LogFrom);
        var canvas = new Svg(Frame.Width, (int)(bottom + 56), $"{Title}, {XTitle}");
        canvas.Text(16, 24, Title, weight: "bold");
        Frame.XTicks(canvas, x.Ticks().Select(t => (x.At(t), Label(t))), Top, bottom);
        canvas.Text((left + right) / 2, bottom + 42, Scaled(XTitle, x.IsLog), "middle");
        double y = Top;
        foreach (BarGroup group in Groups)
        {
            canvas.Text(16, y + 16, group.Label, weight: "bold");
            y += HeadHeight;
            foreach (Bar bar in group.Bars)
            {
                Draw(canvas, x, group, bar, left, y + (BarHeight / 2));
                y += BarHeight;
            }

            y += GroupGap;
        }

        return canvas;
    }

    private void Draw(Svg canvas, Axis x, BarGroup group, Bar bar, double left, double middle)
    {
        string tip = $"{group.Label}, {bar.Label}: {Language.Number(bar.Value)} {Language.Interval(bar.Low, bar.High)}";
        canvas.Text(left - 10, middle + 4, bar.Label, "end");
        if (x.IsLog)
        {
            canvas.Marker(bar.Style.Marker, x.At(bar.Value), middle, bar.Style.Paint, tip);
        }
        else
        {
            canvas.Rectangle(x.At(0), middle - 6, Math.Max(1, x.At(bar.Value) - x.At(0)), 12, bar.Style.Paint, tip);
        }

        canvas.Line(x.At(bar.Low), middle, x.At(bar.High), middle, Paint.Whisker, 2);
        canvas.Text(Math.Max(x.At(bar.High), x.At(bar.Value)) + 9, middle + 4, Language.Number(bar.Value));
    }
}
