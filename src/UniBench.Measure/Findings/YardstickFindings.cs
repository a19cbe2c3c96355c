using System.Globalization;

namespace UniBench.Measure;

/// <summary>The machine itself changed while it was measured on.</summary>
internal static class YardstickFindings
{
    /// <summary>Of nine rounds in ten, the slowest against the fastest.</summary>
    private const double MovedCpus = 2.5, OtherSpeed = 1.15;

    private const int FewestRounds = 10;

    public static IEnumerable<Finding> Of(IReadOnlyList<Yardstick> yardsticks)
    {
        if (Range([.. yardsticks.Select(y => y.CacheLineNs).OfType<double>()]) is var (near, far) && far > MovedCpus * near)
        {
            yield return new Finding(
                Severity.Warning, "cpus-moved",
                string.Create(CultureInfo.InvariantCulture, $"a cache line took {near:0} to {far:0} ns from CPU to CPU and back: something moved the CPUs apart or kept them busy during the run"),
                "numbers of placement cross and free mix two machines: measure again, or where virtual CPUs are pinned");
        }

        if (Range([.. yardsticks.Select(y => y.StepNs)]) is var (fast, slow) && slow > OtherSpeed * fast)
        {
            yield return new Finding(
                Severity.Warning, "cpu-speed",
                string.Create(CultureInfo.InvariantCulture, $"a multiplication took {fast:0.00} to {slow:0.00} ns: the CPUs did not run at one speed"),
                "look for heat, frequency scaling or a neighbour on the same core");
        }
    }

    private static (double Low, double High)? Range(double[] values)
    {
        Array.Sort(values);
        int cut = values.Length / 20;
        return values.Length < FewestRounds ? null : (values[cut], values[^(cut + 1)]);
    }
}
