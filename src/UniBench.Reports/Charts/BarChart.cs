using UniBench.Reports.Model;

namespace UniBench.Reports.Charts;

/// <summary>
/// Groups of horizontal bars, one for each backend, each bar named and its value written out. When the values span
/// more than a factor of 30 the axis is logarithmic and dots take the place of bars, which would have no honest length there.
/// </summary>
internal static class BarChart
{
    private const double LogFrom = 30;
    private const double Top = 44;
    private const double BarHeight = 20;
    private const double GroupGap = 12;
    private const double HeadHeight = 22;

    public static string Draw(string title, string xTitle, IReadOnlyList<BarGroup> groups) => Compose(title, xTitle, groups).ToString();

    internal static Svg Compose(string title, string xTitle, IReadOnlyList<BarGroup> groups)
    {
        double left = 30 + groups.SelectMany(g => g.Bars).Max(b => Svg.TextWidth(b.Label));
        double right = Frame.Width - 90;
        double bottom = Top + groups.Sum(g => HeadHeight + (g.Bars.Count * BarHeight) + GroupGap);
        Axis x = Axis.Over([.. groups.SelectMany(g => g.Bars).SelectMany(b => new[] { b.Value, b.Low, b.High })], left, right, LogFrom);
        var canvas = new Svg(Frame.Width, (int)(bottom + 56), $"{title}, {xTitle}");
        canvas.Text(16, 24, title, weight: "bold");
        double free = double.NegativeInfinity;
        foreach (double tick in x.Ticks())
        {
            canvas.Line(x.At(tick), Top, x.At(tick), bottom, "#d8dee4");
            double half = Svg.TextWidth(Axis.Label(tick)) / 2;
            if (x.At(tick) - half >= free)
            {
                canvas.Text(x.At(tick), bottom + 18, Axis.Label(tick), "middle");
                free = x.At(tick) + half + 6;
            }
        }

        canvas.Text((left + right) / 2, bottom + 42, Frame.Scaled(xTitle, x.IsLog), "middle");
        double y = Top;
        foreach (BarGroup group in groups)
        {
            canvas.Text(16, y + 16, group.Label, weight: "bold");
            y += HeadHeight;
            foreach (Bar bar in group.Bars)
            {
                Draw(canvas, x, bar, left, y + (BarHeight / 2));
                y += BarHeight;
            }

            y += GroupGap;
        }

        return canvas;
    }

    private static void Draw(Svg canvas, Axis x, Bar bar, double left, double middle)
    {
        canvas.Text(left - 10, middle + 4, bar.Label, "end");
        if (x.IsLog)
        {
            canvas.Marker(bar.Style.Marker, x.At(bar.Value), middle, bar.Style.Colour);
        }
        else
        {
            canvas.Rectangle(x.At(0), middle - 6, Math.Max(1, x.At(bar.Value) - x.At(0)), 12, bar.Style.Colour);
        }

        canvas.Line(x.At(bar.Low), middle, x.At(bar.High), middle, "#8c959f", 2);
        canvas.Text(Math.Max(x.At(bar.High), x.At(bar.Value)) + 9, middle + 4, Figure.Of(bar.Value));
    }
}
