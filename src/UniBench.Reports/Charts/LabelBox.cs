namespace UniBench.Reports.Charts;

/// <summary>The room a label takes on its canvas.</summary>
internal readonly record struct LabelBox(string Text, double X, double Y, double Width, double Height)
{
    public bool Overlaps(LabelBox other) =>
        X < other.X + other.Width && other.X < X + Width && Y < other.Y + other.Height && other.Y < Y + Height;
}
