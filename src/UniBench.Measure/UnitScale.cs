namespace UniBench.Measure;

/// <summary>The unit a column or axis is printed in; the file keeps the program's own.</summary>
/// <param name="Factor">Multiplies a value in the program's unit.</param>
public readonly record struct UnitScale(string Unit, double Factor)
{
    private static readonly (string Unit, double Size)[][] Families =
    [
        [("ns", 1), ("us", 1e3), ("ms", 1e6), ("s", 1e9)],
        [("B/s", 1), ("KB/s", 1e3), ("MB/s", 1e6), ("GB/s", 1e9)],
        [("B", 1), ("KiB", 1024), ("MiB", 1024 * 1024), ("GiB", 1024.0 * 1024 * 1024)],
    ];

    /// <summary>As a reader knows it; results and scenarios keep to ASCII.</summary>
    public static string Shown(string unit) => unit == "us" ? "µs" : unit;

    /// <returns>Null where one unit is not told in the other.</returns>
    public static UnitScale? To(string from, string to)
    {
        (string Unit, double Size)[]? family = Families.FirstOrDefault(f => f.Any(u => u.Unit == from) && f.Any(u => u.Unit == to));
        return family is not null ? new UnitScale(Shown(to), family.Single(u => u.Unit == from).Size / family.Single(u => u.Unit == to).Size)
            : from == to ? new UnitScale(Shown(to), 1)
            : null;
    }

    /// <summary>The largest unit in which the smallest value is still 0.1 or more.</summary>
    public static UnitScale For(string unit, IEnumerable<double> values)
    {
        ArgumentNullException.ThrowIfNull(unit);
        ArgumentNullException.ThrowIfNull(values);
        double[] positive = [.. values.Where(v => v > 0)];
        (string Unit, double Size)[]? family = Families.FirstOrDefault(f => f.Any(u => u.Unit == unit));
        if (family is null || positive.Length == 0)
        {
            return new UnitScale(Shown(unit), 1);
        }

        double from = family.Single(u => u.Unit == unit).Size;
        double smallest = positive.Min() * from;
        (string Unit, double Size) to = family.LastOrDefault(u => smallest / u.Size >= 0.1, family[0]);
        return new UnitScale(Shown(to.Unit), from / to.Size);
    }
}
