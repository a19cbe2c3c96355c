using System.Text.RegularExpressions;
using UniBench.Measure;
using UniBench.Workloads;

namespace UniBench.Reports.Charts;

/// <summary>How the charts of a report draw its backends: each as it wants to look; who says nothing gets what is free in the palette.</summary>
internal sealed partial class BackendStyles
{
    private readonly Dictionary<string, SeriesStyle> styles = [];

    /// <param name="looks">By name; null for a backend without a look of its own.</param>
    public BackendStyles(IEnumerable<(string Backend, BackendLook? Look)> looks)
    {
        List<string> plain = [];
        foreach ((string backend, BackendLook? look) in looks.DistinctBy(l => l.Backend))
        {
            // Colours become part of files, and a results file can come from anywhere.
            if (look is { Colour: { } colour, Dark: { } dark } && HexColour().IsMatch(colour) && HexColour().IsMatch(dark)
                && Enum.TryParse(look.Marker, ignoreCase: true, out MarkerShape marker) && Enum.IsDefined(marker))
            {
                styles[backend] = new SeriesStyle(new Paint(colour, ClassOf(backend), dark), marker, "");
            }
            else
            {
                plain.Add(backend);
            }
        }

        Palette.Entry[] free = [.. Palette.All.Where(e => !styles.Values.Any(s => s.Paint.Colour == e.Colour || s.Marker == e.Marker))];
        free = free.Length > 0 ? free : [.. Palette.All.Where(e => !styles.Values.Any(s => s.Paint.Colour == e.Colour))];
        free = free.Length > 0 ? free : [.. Palette.All];
        foreach ((int i, string backend) in plain.Order(StringComparer.Ordinal).Index())
        {
            Palette.Entry entry = free[i % free.Length];
            styles[backend] = new SeriesStyle(entry.Paint(ClassOf(backend)), entry.Marker, "");
        }
    }

    public static BackendStyles Of(RunResults results) => new(results.Cases.Select(c => (c.Backend, results.Environment.TraitsOf(c.Backend).Look)));

    /// <param name="backend">One of those it was made of.</param>
    public SeriesStyle Of(string backend, string placement) => styles[backend].At(placement);

    /// <summary>What a style sheet can name.</summary>
    private static string ClassOf(string backend) => string.Concat(backend.Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-'));

    [GeneratedRegex("^#[0-9a-f]{6}$")]
    private static partial Regex HexColour();
}
