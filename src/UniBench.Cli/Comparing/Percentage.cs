using UniBench.Cli.Scripting;
using UniBench.Measure.Comparing;

namespace UniBench.Cli.Comparing;

/// <summary>A part of a value as people type it.</summary>
internal static class Percentage
{
    /// <summary>Of comparisons, where none is given.</summary>
    public const double DefaultThreshold = 0.05;

    /// <summary>"5%" and "5 %" are 0.05.</summary>
    /// <exception cref="FormatException">It is not a percentage, or negative.</exception>
    public static double Parse(string text) =>
        text.TrimEnd().EndsWith('%') && Quantity.ParseReal(text.TrimEnd()[..^1].Trim()) is >= 0 and var percent
            ? percent / 100
            : throw new FormatException($"'{text}' is not a percentage such as 5%");

    /// <summary>"5%", or "auto": five percent, or what a metric's rounds can tell if that is more.</summary>
    /// <exception cref="FormatException">It is neither.</exception>
    public static Threshold ParseThreshold(string text) => text.Trim() == "auto" ? new Threshold(DefaultThreshold, IsAutomatic: true) : new Threshold(Parse(text));
}
