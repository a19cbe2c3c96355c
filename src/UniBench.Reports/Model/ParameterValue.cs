using System.Globalization;
using UniBench.Measure;

namespace UniBench.Reports.Model;

/// <summary>Reads a sweep's parameter as a number: 64, 0.5, 4k, 1M (binary multiples, as programs take sizes).</summary>
internal static class ParameterValue
{
    /// <summary>With its unit, as a reader takes it in: <c>64 KiB</c> for 65536 of unit B, <c>10 ms</c>; as it is where it has none.</summary>
    public static string Shown(string text, string unit)
    {
        if (unit.Length == 0 || Of(text) is not { } value)
        {
            return text;
        }

        return unit == "B" && value >= 0 && value == Math.Floor(value) ? Bytes(value) : $"{text} {UnitScale.Shown(unit)}";
    }

    /// <summary>The largest unit of which it is a whole number.</summary>
    private static string Bytes(double value)
    {
        string[] units = ["B", "KiB", "MiB", "GiB", "TiB"];
        int unit = 0;
        while (value >= 1024 && value % 1024 == 0 && unit < units.Length - 1)
        {
            value /= 1024;
            unit++;
        }

        return string.Create(CultureInfo.InvariantCulture, $"{value:0} {units[unit]}");
    }

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
