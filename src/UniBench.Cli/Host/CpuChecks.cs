using System.Globalization;
using UniBench.Host;
using UniBench.Workbench.Running;

namespace UniBench.Cli.Host;

/// <summary>Processors, their frequency, their clock, and who else uses them.</summary>
internal static class CpuChecks
{
    private static readonly string[] SteadyTsc = ["constant_tsc", "nonstop_tsc"];

    public static IEnumerable<HostCheck> All() => [Model(), Cores(), Smt(), Governor(), ClockSource(), TimeStampCounter(), Load(), Steal()];

    private static HostCheck Model() => new("CPU", Verdict.Neutral, HostEnvironment.Cpu);

    private static HostCheck Cores()
    {
        int allowed = HostThread.GetAffinity().Count;
        string text = string.Create(CultureInfo.InvariantCulture, $"{allowed} usable of {Environment.ProcessorCount}");
        return allowed < 2
            ? new HostCheck("cores", Verdict.Doubtful, text, "pipes between cores cannot be measured with one core; waiting sides never spin")
            : new HostCheck("cores", Verdict.Good, text);
    }

    private static HostCheck Smt() => HostEnvironment.Smt == "on"
        ? new HostCheck("SMT", Verdict.Doubtful, "on", "two threads of a core share it: echo off > /sys/devices/system/cpu/smt/control for steadier numbers")
        : new HostCheck("SMT", Verdict.Neutral, HostEnvironment.Smt);

    private static HostCheck Governor() => HostEnvironment.Governor switch
    {
        "performance" => new HostCheck("governor", Verdict.Good, "performance"),
        "powersave" or "ondemand" or "conservative" or "schedutil" => new HostCheck(
            "governor", Verdict.Doubtful, HostEnvironment.Governor, "the first rounds run slower: cpupower frequency-set -g performance"),
        var other => new HostCheck("governor", Verdict.Neutral, other),
    };

    private static HostCheck ClockSource()
    {
        string source = HostEnvironment.FirstLine("/sys/devices/system/clocksource/clocksource0/current_clocksource") ?? "unknown";
        return source is "tsc" or "kvm-clock"
            ? new HostCheck("clock source", Verdict.Good, source)
            : new HostCheck("clock source", Verdict.Doubtful, source, "reading the clock may need a system call and take a microsecond: single operations cannot be timed well");
    }

    private static HostCheck TimeStampCounter()
    {
        string[] flags = (HostEnvironment.Field("/proc/cpuinfo", "flags") ?? string.Empty).Split(' ');
        string[] missing = [.. SteadyTsc.Except(flags)];
        return missing.Length == 0
            ? new HostCheck("TSC", Verdict.Good, "constant, runs in every power state")
            : new HostCheck("TSC", Verdict.Doubtful, $"{string.Join(", ", missing)} not announced", "programs on the engine read time from the TSC: compare their clock with the host's before trusting long runs");
    }

    private static HostCheck Load()
    {
        string text = HostEnvironment.FirstLine("/proc/loadavg") ?? "unknown";
        bool busy = double.TryParse(text.Split(' ')[0], CultureInfo.InvariantCulture, out double load) && load > Environment.ProcessorCount * 0.5;
        return new HostCheck("load", busy ? Verdict.Doubtful : Verdict.Good, text, busy ? "something else is running: wait, or stop it" : null);
    }

    private static HostCheck Steal()
    {
        string[] words = (HostEnvironment.FirstLine("/proc/stat") ?? string.Empty).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        double[] ticks = [.. words.Skip(1).Take(8).Select(w => double.Parse(w, CultureInfo.InvariantCulture))];
        if (ticks.Length < 8)
        {
            return new HostCheck("steal", Verdict.Neutral, "not counted by this kernel");
        }

        double part = ticks[7] / ticks.Sum();
        string text = string.Create(CultureInfo.InvariantCulture, $"{part * 100:0.##} % of CPU time since the machine started");
        return part > 0.01
            ? new HostCheck("steal", Verdict.Doubtful, text, "the hypervisor gives this time to others: measure on a quieter host")
            : new HostCheck("steal", Verdict.Good, text);
    }
}
