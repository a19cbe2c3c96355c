using System.Globalization;
using UniBench.Host;

namespace UniBench.Backends;

/// <summary>Which CPUs to use when where processes run is part of what is measured.</summary>
/// <param name="allowed">CPUs that this process may use, ascending; not empty.</param>
/// <param name="core">A name for the physical core of a CPU: SMT siblings have the same.</param>
public sealed class CpuTopology(IReadOnlyList<int> allowed, Func<int, string> core)
{
    private const string Root = "/sys/devices/system/cpu";

    /// <summary>This machine, as far as this process may use it.</summary>
    public static CpuTopology Current => new([.. HostThread.GetAffinity().Cpus], CoreOf);

    /// <summary>The CPU to run everything on: the last one, as CPU 0 takes most interrupts.</summary>
    public int One => allowed[^1];

    /// <summary>Two CPUs of different cores, or of one core where there is no other; null when there is only one CPU.</summary>
    public IReadOnlyList<int>? Two =>
        allowed.Count < 2 ? null
        : [allowed.Take(allowed.Count - 1).Where(c => core(c) != core(One)).DefaultIfEmpty(allowed[^2]).Last(), One];

    private static string CoreOf(int cpu)
    {
        string topology = string.Create(CultureInfo.InvariantCulture, $"{Root}/cpu{cpu}/topology");
        return Directory.Exists(topology)
            ? $"{File.ReadAllText($"{topology}/physical_package_id").Trim()}/{File.ReadAllText($"{topology}/core_id").Trim()}"
            : string.Create(CultureInfo.InvariantCulture, $"{cpu}");
    }
}
