using UniBench.Cli.Scripting;

namespace UniBench.Cli.Comparing;

/// <summary>A part of a value as people type it.</summary>
internal static class Percentage
{
    /// <summary>"5%" and "5 %" are 0.05.</summary>
    /// <exception cref="FormatException">It is not a percentage, or negative.</exception>
    public static double Parse(string text) =>
        text.TrimEnd().EndsWith('%') && Quantity.ParseReal(text.TrimEnd()[..^1].Trim()) is >= 0 and var percent
            ? percent / 100
            : throw new FormatException($"'{text}' is not a percentage such as 5%");
}
