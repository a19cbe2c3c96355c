namespace UniBench.Reports.Charts;

/// <summary>
/// Backend (or run) decides colour and marker, placement decides the dash, so that lines stay apart in black and white and for
/// colour-blind readers.
/// </summary>
internal readonly record struct SeriesStyle(Paint Paint, MarkerShape Marker, string Dash)
{
    /// <summary>More runs could not be told apart.</summary>
    public static int MostRuns => Palette.All.Count;

    /// <summary>For charts in which runs are compared: the run decides colour and marker.</summary>
    public static SeriesStyle OfRun(int run, string placement) => new SeriesStyle(Palette.All[run].Paint($"run-{run + 1}"), Palette.All[run].Marker, "").At(placement);

    /// <summary>The same in that placement.</summary>
    public SeriesStyle At(string placement) => this with { Dash = placement switch { "cross" => "7 4", "free" => "2 4", _ => "" } };

    /// <summary>Dashes tell placements apart; where there is one, solid lines are easier to follow.</summary>
    public static SeriesStyle Plain(SeriesStyle style, IEnumerable<SeriesStyle> inChart) =>
        inChart.Select(s => s.Dash).Distinct().Skip(1).Any() ? style : style with { Dash = "" };
}
