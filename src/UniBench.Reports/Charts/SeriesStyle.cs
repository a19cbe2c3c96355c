namespace UniBench.Reports.Charts;

/// <summary>
/// Backend decides colour and marker, placement decides the dash, so that lines stay apart in black and white and for
/// colour-blind readers. Colours: Okabe, Ito: Color Universal Design (2008); some are equally light, so the marker carries in black and white.
/// </summary>
internal readonly record struct SeriesStyle(Paint Paint, MarkerShape Marker, string Dash)
{
    private static readonly SeriesStyle[] Runs =
    [
        new(new("#0072b2", "unikernel"), MarkerShape.Circle, ""),
        new(new("#d55e00", "container"), MarkerShape.Triangle, ""),
        new(new("#1f2328", "process"), MarkerShape.Square, ""),
        new(new("#009e73", "fourth"), MarkerShape.Diamond, ""),
        new(new("#cc79a7", "fifth"), MarkerShape.Inverted, ""),
        new(new("#e69f00", "sixth"), MarkerShape.Cross, ""),
    ];

    /// <summary>More runs could not be told apart.</summary>
    public static int MostRuns => Runs.Length;

    public static SeriesStyle Of(string backend, string placement) => Runs[backend switch { "unikernel" => 0, "process" => 2, _ => 1 }] with
    {
        Dash = DashOf(placement),
    };

    /// <summary>For charts in which runs are compared: the run decides colour and marker.</summary>
    public static SeriesStyle OfRun(int run, string placement) => Runs[run] with { Dash = DashOf(placement) };

    /// <summary>Dashes tell placements apart; where there is one, solid lines are easier to follow.</summary>
    public static SeriesStyle Plain(SeriesStyle style, IEnumerable<SeriesStyle> inChart) =>
        inChart.Select(s => s.Dash).Distinct().Skip(1).Any() ? style : style with { Dash = "" };

    private static string DashOf(string placement) => placement switch { "cross" => "7 4", "free" => "2 4", _ => "" };
}
