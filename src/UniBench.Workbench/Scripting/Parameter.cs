using System.Globalization;

namespace UniBench.Workbench.Scripting;

/// <summary>A sweep parameter of a scenario: a name and the values it takes. `-p name=value,...` replaces the values.</summary>
/// <param name="Unit">Of its values, for reports: "B" makes 65536 a 64 KiB; empty without.</param>
public sealed record Parameter(string Name, IReadOnlyList<string> Values, string Unit = "")
{
    /// <summary>The value as a case sees it: whole numbers may carry a suffix k, m or g, in steps of 1024.</summary>
    /// <exception cref="ScenarioException">It is empty, holds a character that case ids need, or does not fit 64 bits.</exception>
    internal static string Normalize(string parameter, object? value)
    {
        string text = Convert.ToString(value, CultureInfo.InvariantCulture)?.Trim() ?? string.Empty;
        Scripting.Name.CheckValue(parameter, text);
        bool number = text[^1] is 'k' or 'K' or 'm' or 'M' or 'g' or 'G' && text.AsSpan(0, text.Length - 1).Trim("-0123456789").IsEmpty && text.Length > 1;
        try
        {
            return number ? Quantity.ParseCount(text).ToString(CultureInfo.InvariantCulture) : text;
        }
        catch (FormatException e)
        {
            throw new ScenarioException($"parameter '{parameter}': {e.Message}", e);
        }
    }
}
