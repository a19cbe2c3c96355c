using UniBench.Measure;

namespace UniBench.Reports;

/// <summary>One value for a reader: three significant digits, in the unit that makes it short.</summary>
public static class ReadableValue
{
    public static string Of(double value, string unit)
    {
        UnitScale scale = UnitScale.For(unit, [value]);
        return $"{Figure.Of(value * scale.Factor)} {scale.Unit}";
    }
}
