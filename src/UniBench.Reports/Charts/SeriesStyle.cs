namespace UniBench.Reports.Charts;

/// <summary>
/// Backend decides colour and marker, placement decides the dash, so that lines stay apart in black and white and for
/// colour-blind readers. Colours: Okabe, Ito: Color Universal Design (2008), of clearly different lightness.
/// </summary>
internal readonly record struct SeriesStyle(string Colour, MarkerShape Marker, string Dash)
{
    public static SeriesStyle Of(string backend, string placement)
    {
        (string colour, MarkerShape marker) = backend switch
        {
            "unikernel" => ("#0072b2", MarkerShape.Circle),
            "process" => ("#1f2328", MarkerShape.Square),
            _ => ("#d55e00", MarkerShape.Triangle),
        };
        string dash = placement switch { "cross" => "7 4", "free" => "2 4", _ => "" };
        return new SeriesStyle(colour, marker, dash);
    }
}
