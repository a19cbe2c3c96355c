using System.Globalization;

namespace UniBench.Cli.Scripting;

/// <summary>A sweep parameter of a scenario: a name and the values it takes. `-p name=value,...` replaces the values.</summary>
public sealed record Parameter(string Name, IReadOnlyList<string> Values)
{
    /// <summary>The value as a case sees it: numbers may carry a suffix k, m or g, in steps of 1024.</summary>
    /// <exception cref="ScenarioException">The text is neither a word nor a number that fits 64 bits.</exception>
    public static string Normalize(object? value)
    {
        string text = Convert.ToString(value, CultureInfo.InvariantCulture)?.Trim() ?? string.Empty;
        if (text.Length == 0)
        {
            throw new ScenarioException("a parameter value is empty");
        }

        long factor = char.ToLowerInvariant(text[^1]) switch
        {
            'k' => 1L << 10,
            'm' => 1L << 20,
            'g' => 1L << 30,
            _ => 1,
        };
        if (factor == 1 || !long.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number))
        {
            return text;
        }

        return number > long.MaxValue / factor
            ? throw new ScenarioException($"'{text}' does not fit 64 bits")
            : (number * factor).ToString(CultureInfo.InvariantCulture);
    }
}
