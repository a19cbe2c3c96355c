namespace UniBench.Workloads;

/// <summary>How charts draw a backend.</summary>
/// <param name="Colour">On white: #rrggbb.</param>
/// <param name="Dark">On black: a lighter one of the same hue.</param>
/// <param name="Marker">circle, square, triangle, diamond, inverted or cross: what tells backends apart in black and white.</param>
public sealed record BackendLook(string Colour, string Dark, string Marker);
