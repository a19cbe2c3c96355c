using System.Globalization;

namespace UniBench.Measure;

/// <summary>Numbers as text: three significant digits, never an exponent, never a locale.</summary>
public static class Figure
{
    public static string Of(double value)
    {
        if (value == 0)
        {
            return "0";
        }

        double step = Math.Pow(10, Magnitude(value) - 2);
        double rounded = Math.Round(value / step) * step;
        int decimals = Math.Clamp(2 - Magnitude(rounded * (1 + 1e-9)), 0, 12);
        return rounded.ToString("F" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
    }

    public static string Bytes(double bytes)
    {
        UnitScale scale = UnitScale.For("B", [bytes]);
        return $"{Of(bytes * scale.Factor)} {scale.Unit}";
    }

    public static string Percent(double part) => (part * 100).ToString("0.##", CultureInfo.InvariantCulture) + " %";

    private static int Magnitude(double value) => (int)Math.Floor(Math.Log10(Math.Abs(value)));
}
