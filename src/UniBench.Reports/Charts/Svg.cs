using System.Globalization;
using System.Security;
using System.Text;

namespace UniBench.Reports.Charts;

/// <summary>
/// A small SVG canvas: same calls, same bytes. It paints its own white background, so that a chart reads on GitHub's dark
/// theme too, and keeps the boxes of all labels, so that a test can prove that none overlap.
/// </summary>
internal sealed class Svg(int width, int height, string description)
{
    public const double FontSize = 13;
    private const double GlyphWidth = 0.58;

    private readonly StringBuilder _body = new();
    private readonly List<LabelBox> _labels = [];
    private readonly HashSet<Paint> _paints = [];

    public int Width => width;

    public int Height => height;

    public IReadOnlyList<LabelBox> Labels => _labels;

    /// <summary>What it was painted with.</summary>
    public IReadOnlyCollection<Paint> Paints => _paints;

    /// <summary>What a text takes at most, in pixels, for the sans-serif fonts of browsers.</summary>
    public static double TextWidth(string text) => text.Length * FontSize * GlyphWidth;

    public void Line(double x1, double y1, double x2, double y2, Paint stroke, double strokeWidth = 1, string dash = "") =>
        Append($"<line class=\"line {Use(stroke).Class}\" x1=\"{x1:0.##}\" y1=\"{y1:0.##}\" x2=\"{x2:0.##}\" y2=\"{y2:0.##}\" stroke=\"{stroke.Colour}\" stroke-width=\"{strokeWidth:0.##}\"{Dash(dash)}/>");

    public void Path(IEnumerable<(double X, double Y)> points, Paint stroke, double strokeWidth = 2, string dash = "")
    {
        string data = string.Join(' ', points.Select((p, i) => string.Create(CultureInfo.InvariantCulture, $"{(i == 0 ? 'M' : 'L')}{p.X:0.##} {p.Y:0.##}")));
        Append($"<path class=\"line {Use(stroke).Class}\" d=\"{data}\" fill=\"none\" stroke=\"{stroke.Colour}\" stroke-width=\"{strokeWidth:0.##}\"{Dash(dash)}/>");
    }

    /// <param name="tip">Shown where the pointer rests.</param>
    public void Rectangle(double x, double y, double w, double h, Paint fill, string tip) =>
        Append($"<rect class=\"fill {Use(fill).Class}\" x=\"{x:0.##}\" y=\"{y:0.##}\" width=\"{w:0.##}\" height=\"{h:0.##}\" fill=\"{fill.Colour}\"{Tip("rect", tip)}");

    /// <param name="tip">Shown where the pointer rests; empty for none.</param>
    public void Marker(MarkerShape shape, double x, double y, Paint fill, string tip = "")
    {
        const double R = 4.5;
        string paint = $"class=\"fill {Use(fill).Class}\" fill=\"{fill.Colour}\" stroke=\"#ffffff\"";
        switch (shape)
        {
            case MarkerShape.Circle:
                Append($"<circle {paint} cx=\"{x:0.##}\" cy=\"{y:0.##}\" r=\"{R}\"{Tip("circle", tip)}");
                break;
            case MarkerShape.Square:
                Append($"<rect {paint} x=\"{x - R:0.##}\" y=\"{y - R:0.##}\" width=\"{2 * R}\" height=\"{2 * R}\"{Tip("rect", tip)}");
                break;
            case MarkerShape.Triangle:
                Append($"<path {paint} d=\"M{x:0.##} {y - R - 1:0.##} L{x + R + 1:0.##} {y + R:0.##} L{x - R - 1:0.##} {y + R:0.##} Z\"{Tip("path", tip)}");
                break;
            case MarkerShape.Inverted:
                Append($"<path {paint} d=\"M{x:0.##} {y + R + 1:0.##} L{x + R + 1:0.##} {y - R:0.##} L{x - R - 1:0.##} {y - R:0.##} Z\"{Tip("path", tip)}");
                break;
            case MarkerShape.Cross:
                Append($"<path {paint} d=\"M{x - 2:0.##} {y - R - 1:0.##} h4 v{R - 1} h{R - 1} v4 h-{R - 1} v{R - 1} h-4 v-{R - 1} h-{R - 1} v-4 h{R - 1} Z\"{Tip("path", tip)}");
                break;
            default:
                Append($"<path {paint} d=\"M{x:0.##} {y - R - 2:0.##} L{x + R + 1:0.##} {y:0.##} L{x:0.##} {y + R + 2:0.##} L{x - R - 1:0.##} {y:0.##} Z\"{Tip("path", tip)}");
                break;
        }
    }

    /// <param name="anchor">start, middle or end.</param>
    public void Text(double x, double y, string text, string anchor = "start", string weight = "normal")
    {
        double w = TextWidth(text);
        double left = anchor switch { "middle" => x - (w / 2), "end" => x - w, _ => x };
        _labels.Add(new LabelBox(text, left, y - FontSize, w, FontSize + 3));
        Append($"<text x=\"{x:0.##}\" y=\"{y:0.##}\" text-anchor=\"{anchor}\" font-weight=\"{weight}\">{SecurityElement.Escape(text)}</text>");
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"""
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="img" font-family="Helvetica, Arial, 'DejaVu Sans', sans-serif" font-size="{FontSize}" fill="#1f2328">
        <title>{SecurityElement.Escape(description)}</title>
        <rect class="paper" width="{width}" height="{height}" fill="#ffffff"/>

        """) + _body + "</svg>\n";

    private Paint Use(Paint paint)
    {
        _paints.Add(paint);
        return paint;
    }

    private static string Dash(string dash) => dash.Length == 0 ? "" : $" stroke-dasharray=\"{dash}\"";

    private static string Tip(string element, string tip) => tip.Length == 0 ? "/>" : $"><title>{SecurityElement.Escape(tip)}</title></{element}>";

    private void Append(FormattableString element) => _body.Append(element.ToString(CultureInfo.InvariantCulture)).Append('\n');
}
