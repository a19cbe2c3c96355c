using System.Globalization;
using UniBench.Measure.Statistics;

namespace UniBench.Measure.Comparing;

/// <summary>A run's yardsticks, medians over its rounds.</summary>
/// <param name="CacheLineNs">Null where it was not measured.</param>
/// <param name="WakeUpNs">Null where it was not measured.</param>
/// <param name="StepNs">Null where it was not measured.</param>
public sealed record YardstickMedians(double? CacheLineNs, double? WakeUpNs, double? StepNs)
{
    /// <summary>From such a factor on two runs saw two machines: CPUs that a hypervisor moves apart are three to four times as far apart.</summary>
    private const double OtherCacheLine = 2, OtherSpeed = 1.1;

    public static YardstickMedians Of(RunResults run)
    {
        ArgumentNullException.ThrowIfNull(run);
        return new YardstickMedians(Median(run, y => y.CacheLineNs), Median(run, y => y.WakeUpNs), Median(run, y => y.StepNs));
    }

    /// <returns>What changed too much, as an aspect and a sentence.</returns>
    public static IEnumerable<(string Aspect, string Difference)> Differences(RunResults before, RunResults after)
    {
        YardstickMedians a = Of(before), b = Of(after);
        if (Beyond(a.CacheLineNs, b.CacheLineNs, OtherCacheLine))
        {
            yield return ("distance", string.Create(
                CultureInfo.InvariantCulture,
                $"distance: a cache line took {a.CacheLineNs:0} ns from CPU to CPU and back before, {b.CacheLineNs:0} ns now: the CPUs are not where they were"));
        }

        if (Beyond(a.StepNs, b.StepNs, OtherSpeed))
        {
            yield return ("speed", string.Create(
                CultureInfo.InvariantCulture, $"speed: a multiplication took {a.StepNs:0.00} ns before, {b.StepNs:0.00} ns now: the CPUs run at another speed"));
        }
    }

    /// <summary>Whether the machine itself did something else in the later run: chance calls it so in 1 of 100 pairs of runs. Not where one has no yardsticks.</summary>
    public static bool Moved(RunResults before, RunResults after)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        Func<Yardstick, double?>[] all = [y => y.CacheLineNs, y => y.WakeUpNs, y => y.StepNs];
        return all.Any(of =>
        {
            double[] a = Logs(before, of), b = Logs(after, of);
            return a.Length > 0 && b.Length > 0 && UnpairedShift.Of(a, b, 1 - (Confidence.DefaultAlpha / all.Length)).Interval is { Reached: true } shift && (shift.Low > 0 || shift.High < 0);
        });
    }

    private static double[] Logs(RunResults run, Func<Yardstick, double?> of) => [.. run.Yardsticks.Select(of).OfType<double>().Where(v => v > 0).Select(v => Math.Log(v))];

    private static bool Beyond(double? a, double? b, double factor) => a is { } x && b is { } y && Math.Max(x / y, y / x) > factor;

    private static double? Median(RunResults run, Func<Yardstick, double?> of)
    {
        double[] values = [.. run.Yardsticks.Select(of).OfType<double>()];
        return values.Length == 0 ? null : Statistics.Median.Of(values);
    }
}
