namespace UniBench.Reports.Charts;

/// <summary>A colour for files, and a class by which the HTML report finds the element and gives it another colour in the dark.</summary>
/// <param name="Dark">That colour; empty where the page's own style sheet has it.</param>
internal readonly record struct Paint(string Colour, string Class, string Dark = "")
{
    public static Paint Grid => new("#d8dee4", "grid");

    public static Paint Axis => new("#59636e", "axis");

    public static Paint Whisker => new("#8c959f", "whisker");
}
