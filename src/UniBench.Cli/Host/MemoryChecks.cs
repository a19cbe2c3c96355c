using System.Globalization;
using UniBench.Host;
using UniBench.Workbench.Running;

namespace UniBench.Cli.Host;

/// <summary>Memory, and the limits that bound how many VMs can live at once.</summary>
internal static class MemoryChecks
{
    private const long FilesWanted = 4096;
    private const long MapsWanted = 65530;

    public static IEnumerable<HostCheck> All() => [Memory(), OpenFiles(), Maps(), HugePages()];

    private static HostCheck Memory() => new(
        "memory", Verdict.Neutral, $"{HostEnvironment.Field("/proc/meminfo", "MemTotal")}, {HostEnvironment.Field("/proc/meminfo", "MemAvailable")} available");

    private static HostCheck OpenFiles()
    {
        long files = HostLimits.RaiseOpenFiles();
        string text = files.ToString(CultureInfo.InvariantCulture);
        return files < FilesWanted
            ? new HostCheck("open files", Verdict.Doubtful, text, $"every VM takes three: ulimit -n {FilesWanted}")
            : new HostCheck("open files", Verdict.Good, text);
    }

    private static HostCheck Maps()
    {
        string text = HostEnvironment.FirstLine("/proc/sys/vm/max_map_count") ?? "unknown";
        return long.TryParse(text, CultureInfo.InvariantCulture, out long maps) && maps < MapsWanted
            ? new HostCheck("vm.max_map_count", Verdict.Doubtful, text, $"many processes at once need more: sysctl vm.max_map_count={MapsWanted}")
            : new HostCheck("vm.max_map_count", Verdict.Good, text);
    }

    private static HostCheck HugePages()
    {
        string text = HostEnvironment.FirstLine("/sys/kernel/mm/transparent_hugepage/enabled") ?? "not in this kernel";
        return text.Contains("[always]", StringComparison.Ordinal)
            ? new HostCheck("huge pages", Verdict.Neutral, text, "Linux processes may get huge pages for large heaps: forks of large heaps look faster than with [madvise]")
            : new HostCheck("huge pages", Verdict.Neutral, text);
    }
}
