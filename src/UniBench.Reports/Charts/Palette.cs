namespace UniBench.Reports.Charts;

/// <summary>
/// Colours with their markers, the easiest to tell apart first: Okabe, Ito: Color Universal Design (2008). Some are equally light, so the marker carries
/// in black and white.
/// </summary>
internal static class Palette
{
    public static IReadOnlyList<Entry> All { get; } =
    [
        new("#0072b2", "#56b4e9", MarkerShape.Circle),
        new("#d55e00", "#f28e2b", MarkerShape.Triangle),
        new("#1f2328", "#e6edf3", MarkerShape.Square),
        new("#009e73", "#2fc99a", MarkerShape.Diamond),
        new("#cc79a7", "#e0a3c3", MarkerShape.Inverted),
        new("#e69f00", "#f0c24b", MarkerShape.Cross),
    ];

    /// <param name="Colour">On white.</param>
    /// <param name="Dark">On black.</param>
    public sealed record Entry(string Colour, string Dark, MarkerShape Marker)
    {
        public Paint Paint(string name) => new(Colour, name, Dark);
    }
}
