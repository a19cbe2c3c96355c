using System.Globalization;

namespace UniBench.Reports.Charts;

/// <summary>Maps values to pixels, linearly or by logarithm, and picks round ticks.</summary>
internal sealed class Axis
{
    private const double DigitsEnd = 1e15; // beyond, ticks have exponents
    private readonly double _low;
    private readonly double _high;
    private readonly double _from;
    private readonly double _to;

    private Axis(double low, double high, double from, double to, bool isLog) =>
        (_low, _high, _from, _to, IsLog) = (low, high, from, to, isLog);

    public bool IsLog { get; }

    /// <summary>All values are positive and span a factor of <paramref name="logFrom"/> or more.</summary>
    public static bool IsLogFor(IReadOnlyCollection<double> values, double logFrom = 10) =>
        values.Count > 0 && values.Min() > 0 && values.Max() / values.Min() >= logFrom;

    /// <summary>Logarithmic where <see cref="IsLogFor"/> says so; else linear from zero.</summary>
    public static Axis Over(IReadOnlyCollection<double> values, double from, double to, double logFrom = 10)
    {
        double min = values.Min();
        double max = values.Max();
        if (IsLogFor(values, logFrom))
        {
            return new Axis(Math.Log10(min / 1.25), Math.Log10(max * 1.25), from, to, isLog: true);
        }

        double low = Math.Min(0, min);
        double high = max > low ? low + ((max - low) * 1.08) : low + 1;
        return new Axis(low, high, from, to, isLog: false);
    }

    /// <summary>A linear axis with fixed ends.</summary>
    public static Axis Linear(double low, double high, double from, double to) => new(low, high, from, to, isLog: false);

    /// <summary>A logarithmic axis with fixed, positive ends.</summary>
    public static Axis Logarithmic(double low, double high, double from, double to) => new(Math.Log10(low), Math.Log10(high), from, to, isLog: true);

    public double At(double value) => _from + (((IsLog ? Math.Log10(value) : value) - _low) / (_high - _low) * (_to - _from));

    /// <summary>Between about three and eight round values inside the axis, ascending.</summary>
    public IReadOnlyList<double> Ticks() => IsLog ? LogTicks() : LinearTicks();

    /// <summary>A tick as short as can be: 0.5, 20, 65536, never an exponent.</summary>
    public static string Label(double tick) => Math.Abs(tick) < DigitsEnd ? Math.Round((decimal)tick, 9).ToString("0.#########", CultureInfo.InvariantCulture) : tick.ToString("0.###e+0", CultureInfo.InvariantCulture);

    private double[] LogTicks()
    {
        double decades = _high - _low;
        double[] steps = decades < 1.5 ? [1, 2, 3, 5, 7] : decades < 3 ? [1, 2, 5] : [1];
        int every = Math.Max(1, (int)Math.Ceiling(decades / 8));
        var ticks = new List<double>();
        for (int power = (int)Math.Floor(_low); power <= _high; power++)
        {
            if (power % every == 0)
            {
                ticks.AddRange(steps.Select(s => s * Math.Pow(10, power)).Where(t => Math.Log10(t) >= _low && Math.Log10(t) <= _high));
            }
        }

        return [.. ticks];
    }

    private double[] LinearTicks()
    {
        double rough = (_high - _low) / 6;
        double power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        double step = new[] { 1.0, 2, 5, 10 }.Select(s => s * power).First(s => s >= rough);
        int first = (int)Math.Ceiling(_low / step);
        return [.. Enumerable.Range(first, (int)Math.Floor(_high / step) - first + 1).Select(i => i * step)];
    }
}
