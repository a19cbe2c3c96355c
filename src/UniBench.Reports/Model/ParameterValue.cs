using System.Globalization;

namespace UniBench.Reports.Model;

/// <summary>Reads a sweep's parameter as a number: 64, 0.5, 4k, 1M (binary multiples, as programs take sizes).</summary>
internal static class ParameterValue
{
    public static double? Of(string text)
    {
        if (text.Length == 0)
        {
            return null;
        }

        int shift = char.ToLowerInvariant(text[^1]) switch { 'k' => 10, 'm' => 20, 'g' => 30, _ => 0 };
        string digits = shift == 0 ? text : text[..^1];
        return double.TryParse(digits, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value)
            ? value * (1L << shift)
            : null;
    }
}
