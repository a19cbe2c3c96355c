using UniBench.Measure.Comparing;
using UniBench.Workbench.Scripting;

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

    /// <summary>"1%" and "0.01".</summary>
    /// <exception cref="FormatException">It is neither, or no rate of errors that anybody could want.</exception>
    public static double ParseAlpha(string text)
    {
        double alpha = text.Contains('%', StringComparison.Ordinal) ? Parse(text) : Quantity.ParseReal(text.Trim());
        return alpha is > 0 and < 0.5 ? alpha : throw new FormatException($"'{text}' is not a rate of false alarms such as 1% or 0.01");
    }

    /// <summary>"5%", or "auto": five percent, or what a metric's rounds can tell if that is more.</summary>
    /// <exception cref="FormatException">It is neither.</exception>
    public static Threshold ParseThreshold(string text) => text.Trim() == "auto" ? new Threshold(VerdictRule.DefaultThreshold, IsAutomatic: true) : new Threshold(Parse(text));
}
