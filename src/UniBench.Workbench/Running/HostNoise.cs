using System.Diagnostics;
using System.Globalization;
using UniBench.Host;
using UniBench.Measure;

namespace UniBench.Workbench.Running;

/// <summary>What else may have moved a run's numbers: read before and after it, and compared.</summary>
/// <param name="At">Stopwatch ticks.</param>
/// <param name="BusyS">CPU seconds that all processes of the machine have used since it started.</param>
/// <param name="OwnS">Those of this process.</param>
/// <param name="Load">Processes that ran or wanted to, mean of the last minute.</param>
/// <param name="Throttled">How often the CPUs were slowed down for heat; null where that is not counted.</param>
/// <param name="FrequencyKhz">Mean frequency of the CPUs; null where it is not told.</param>
/// <param name="OtherVms">Virtual machines of others: their monitors' names with process ids.</param>
/// <param name="HugePages">The setting of transparent huge pages, such as "madvise"; null where the kernel has none.</param>
/// <param name="Collapsed">Huge pages that khugepaged has made of small ones since the machine started; null where that is not counted.</param>
internal sealed record HostNoise(
    long At, double BusyS, double OwnS, double Load, long? Throttled, double? FrequencyKhz, IReadOnlyList<string> OtherVms, string? HugePages, long? Collapsed)
{
    private const string Cpus = "/sys/devices/system/cpu";
    private const double TicksPerSecond = 100;

    /// <summary>CPUs that others kept busy, from which on a reader must be told.</summary>
    public const double MuchForeign = 0.1;

    /// <summary>The same of the load, as a part of the CPUs.</summary>
    private const double MuchLoad = 0.5;

    private const double MuchFrequency = 0.05;
    private static readonly int[] BusyColumns = [1, 2, 3, 6, 7];
    private static readonly string[] Monitors = ["qemu-system", "qemu-kvm", "firecracker", "cloud-hyperviso", "crosvm", "VBoxHeadless", "vmware-vmx"];

    public static HostNoise Read()
    {
        // user, nice, system, irq, softirq; guest time is in user. Idle, iowait and steal are not somebody's work here.
        string[] words = File.ReadLines("/proc/stat").First().Split(' ', StringSplitOptions.RemoveEmptyEntries);
        double busy = BusyColumns.Sum(i => double.Parse(words[i], CultureInfo.InvariantCulture)) / TicksPerSecond;
        (long user, long system) = HostThread.ProcessCpuTime();
        double load = double.Parse(File.ReadAllText("/proc/loadavg").Split(' ')[0], CultureInfo.InvariantCulture);
        long[] throttled = [.. Numbers("thermal_throttle/core_throttle_count")];
        long[] frequencies = [.. Numbers("cpufreq/scaling_cur_freq")];
        return new HostNoise(
            Stopwatch.GetTimestamp(), busy, (user + system) / 1e6, load,
            throttled.Length > 0 ? throttled.Sum() : null, frequencies.Length > 0 ? frequencies.Average() : null, [.. Vms()],
            HostEnvironment.HugePages, CollapsedPages());
    }

    /// <param name="after">Read when the run ended.</param>
    /// <param name="launchedS">CPU seconds of launches that this process's own do not contain.</param>
    /// <param name="cores">CPUs of the machine.</param>
    public IEnumerable<Finding> FindingsUntil(HostNoise after, double launchedS, int cores)
    {
        double wall = Stopwatch.GetElapsedTime(At, after.At).TotalSeconds;
        double foreign = ForeignUntil(after, launchedS);
        if (IsLoaded(cores))
        {
            yield return Warning("load", string.Create(CultureInfo.InvariantCulture, $"the load was {Load:0.##} on {cores} CPUs when the run began"), "wait until it is below half the CPUs; unibench doctor shows it");
        }

        if (wall > 1 && foreign > MuchForeign)
        {
            yield return Warning("company", string.Create(CultureInfo.InvariantCulture, $"other processes kept {foreign:0.##} CPUs busy during the run"), "stop them, or measure where nothing else runs");
        }

        if (after.Throttled > Throttled)
        {
            yield return Warning("throttled", string.Create(CultureInfo.InvariantCulture, $"the CPUs were slowed down for heat {after.Throttled - Throttled} times"), "cool it, or fix a lower frequency");
        }

        if (FrequencyKhz is { } before && after.FrequencyKhz is { } now && Math.Abs(now - before) > MuchFrequency * before)
        {
            yield return Warning("frequency", string.Create(CultureInfo.InvariantCulture, $"the CPUs ran at {before / 1e6:0.00} GHz before and {now / 1e6:0.00} GHz after the run"), "cpupower frequency-set -g performance, and switch turbo off");
        }

        string[] others = [.. OtherVms.Union(after.OtherVms)];
        if (others.Length > 0)
        {
            yield return Warning("other-vms", $"other virtual machines ran: {string.Join(", ", others)}", "their exits and interrupts disturb; stop them");
        }

        if (HugePages != after.HugePages)
        {
            yield return Warning("huge-pages", $"transparent huge pages were '{HugePages}' before and '{after.HugePages}' after the run", "keep the setting: forks and page faults of large heaps differ by it");
        }
        else if (HugePages == "always")
        {
            yield return new Finding(
                Severity.Info, "huge-pages", "transparent huge pages are 'always': Linux processes get them for large heaps unasked",
                "forks of large heaps then look faster than with `echo madvise > /sys/kernel/mm/transparent_hugepage/enabled`");
        }

        if (after.Collapsed > Collapsed)
        {
            yield return Warning(
                "collapsed-pages", string.Create(CultureInfo.InvariantCulture, $"khugepaged made {after.Collapsed - Collapsed} huge pages of small ones during the run"),
                "it copies memory while that is measured: echo 0 > /sys/kernel/mm/transparent_hugepage/khugepaged/defrag");
        }
    }

    /// <summary>How many CPUs other processes kept busy since, as a mean.</summary>
    public double ForeignUntil(HostNoise after, double launchedS = 0) => (after.BusyS - BusyS - (after.OwnS - OwnS) - launchedS) / Stopwatch.GetElapsedTime(At, after.At).TotalSeconds;

    public bool IsLoaded(int cores) => Load > MuchLoad * cores;

    private static Finding Warning(string code, string message, string advice) => new(Severity.Warning, code, message, advice);

    private static IEnumerable<long> Numbers(string file)
    {
        foreach (string cpu in Directory.EnumerateDirectories(Cpus, "cpu*").Where(d => char.IsAsciiDigit(Path.GetFileName(d)[3])))
        {
            if (long.TryParse(HostEnvironment.FirstLine($"{cpu}/{file}"), CultureInfo.InvariantCulture, out long value))
            {
                yield return value;
            }
        }
    }

    private static long? CollapsedPages()
    {
        const string Counter = "thp_collapse_alloc ";
        string? line = File.ReadLines("/proc/vmstat").FirstOrDefault(l => l.StartsWith(Counter, StringComparison.Ordinal));
        return line is null ? null : long.Parse(line.AsSpan(Counter.Length), CultureInfo.InvariantCulture);
    }

    private static IEnumerable<string> Vms()
    {
        foreach (string process in Directory.EnumerateDirectories("/proc").Where(d => char.IsAsciiDigit(Path.GetFileName(d)[0])))
        {
            if (HostEnvironment.FirstLine($"{process}/comm") is { } name && Monitors.Any(m => name.StartsWith(m, StringComparison.Ordinal)))
            {
                yield return $"{name} ({Path.GetFileName(process)})";
            }
        }
    }
}
