using System.Globalization;

namespace UniBench.Workbench.Scripting;

/// <summary>Numbers as people type them: 64, 4k, 256M, 1.5s.</summary>
internal static class Quantity
{
    /// <summary>A whole number with an optional suffix k, m or g (powers of 1024, either case).</summary>
    /// <exception cref="FormatException">It is not one, or too large.</exception>
    public static long ParseCount(string text)
    {
        ReadOnlySpan<char> digits = text.AsSpan().Trim();
        int shift = digits.IsEmpty ? 0 : char.ToLowerInvariant(digits[^1]) switch
        {
            'k' => 10,
            'm' => 20,
            'g' => 30,
            _ => 0,
        };
        digits = shift > 0 ? digits[..^1] : digits;
        return long.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long value)
            && Math.Abs((decimal)value) <= long.MaxValue >> shift
            ? value << shift
            : throw new FormatException($"'{text}' is not a whole number such as 64, 4k or 256M");
    }

    /// <exception cref="FormatException">It is not a finite number.</exception>
    public static double ParseReal(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value)
            ? value
            : throw new FormatException($"'{text}' is not a number such as 0.5");

    /// <summary>A positive size in bytes: 4096, 64k, 256M.</summary>
    /// <exception cref="FormatException">It is not one.</exception>
    public static long ParseBytes(string text) =>
        ParseCount(text) is > 0 and var bytes ? bytes : throw new FormatException($"'{text}' is not a size such as 256M");

    /// <summary>A positive time: 10 (seconds), 500ms, 1.5s, 2m, 1h.</summary>
    /// <exception cref="FormatException">It is not one, or longer than ten days.</exception>
    public static TimeSpan ParseTime(string text)
    {
        (string digits, double seconds) = text switch
        {
            _ when text.EndsWith("ms", StringComparison.Ordinal) => (text[..^2], 0.001),
            _ when text.EndsWith('s') => (text[..^1], 1.0),
            _ when text.EndsWith('m') => (text[..^1], 60.0),
            _ when text.EndsWith('h') => (text[..^1], 3600.0),
            _ => (text, 1.0),
        };
        return double.TryParse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double value)
            && value * seconds is > 0 and <= 864_000
            ? TimeSpan.FromSeconds(value * seconds)
            : throw new FormatException($"'{text}' is not a time such as 500ms, 10s or 2m");
    }
}
