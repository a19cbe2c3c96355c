using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using UniBench.Host;
using UniBench.Measure;
using UniBench.Workloads;

namespace UniBench.Workbench.Running;

/// <summary>Facts of this machine that could change a number.</summary>
internal static class HostEnvironment
{
    private static readonly string[] KvmModules = ["kvm_intel", "kvm_amd", "kvm_pvm"];

    public static RunEnvironment Describe(RunOptions options, IReadOnlyList<LaunchableCase> plan, IReadOnlyDictionary<string, IBackend> backends)
    {
        // Who was left out has no part in the run.
        IBackend[] used = [.. plan.Select(p => p.Planned.Point.Backend).Distinct().Where(backends.ContainsKey).Select(name => backends[name]).OrderBy(b => b.Traits.Order)];
        ClockFloor clock = ClockFloor.Measure();
        return new RunEnvironment
        {
            Cpu = Cpu,
            Machine = Environment.MachineName,
            Kernel = Kernel,
            Kvm = KvmKind,
            Cores = Environment.ProcessorCount,
            Smt = Smt,
            Governor = Governor,
            MemoryBytes = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes,
            ToolVersion = Version,
            GitCommit = GitCommit(),
            ClockSource = FirstLine("/sys/devices/system/clocksource/clocksource0/current_clocksource") ?? "unknown",
            BinaryHashes = Hashes(plan),
            Backends = used.ToDictionary(b => b.Name, b => VersionOf(b, options)),
            BackendTraits = [.. used.Select(b => b.Traits)],
            HostLimits = new Dictionary<string, string>
            {
                ["open files"] = HostLimits.RaiseOpenFiles().ToString(CultureInfo.InvariantCulture),
                ["vm.max_map_count"] = FirstLine("/proc/sys/vm/max_map_count") ?? "unknown",
                ["transparent huge pages"] = FirstLine("/sys/kernel/mm/transparent_hugepage/enabled") ?? "unknown",
                ["clock floor"] = string.Create(CultureInfo.InvariantCulture, $"{clock.CostNs:0.#} ns a reading, steps of {clock.StepNs:0.#} ns"),
            },
            CommandLine = options.CommandLine,
            Seed = options.Seed,
            Started = DateTimeOffset.UtcNow,
        };
    }

    private static string VersionOf(IBackend backend, RunOptions options) => !backend.Traits.IsEngine || OtherBuild.BaseOf(backend.Name) is not null
        ? backend.Detail ?? $"Linux {Kernel}"
        : string.Join(", ", new[]
        {
            $"UniBench {Version}",
            backend.Traits.IsVm ? KvmKind : backend.Detail,
            options.Spin == SpinPolicy.Auto ? null : $"--spin {options.Spin.ToString().ToLowerInvariant()}",
            options.NoSeccomp ? "--no-seccomp" : null,
        }.OfType<string>());

    public static string Version => typeof(HostEnvironment).Assembly.GetName().Version?.ToString(3) ?? "unknown";

    public static string Cpu => Field("/proc/cpuinfo", "model name") ?? "unknown";

    public static string Kernel => FirstLine("/proc/sys/kernel/osrelease") ?? "unknown";

    public static string Governor => FirstLine("/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor") ?? "none (not controllable here)";

    /// <summary>The chosen one of `always [madvise] never`; null where the kernel has no transparent huge pages.</summary>
    public static string? HugePages => FirstLine("/sys/kernel/mm/transparent_hugepage/enabled")?.Split(' ').FirstOrDefault(w => w.StartsWith('['))?.Trim('[', ']');

    public static string Smt => FirstLine("/sys/devices/system/cpu/smt/active") switch
    {
        "1" => "on",
        "0" => "off",
        _ => "unknown",
    };

    /// <summary>Which KVM this is, and whether it runs inside a VM itself.</summary>
    public static string KvmKind
    {
        get
        {
            string[] modules = [.. KvmModules.Where(m => Directory.Exists($"/sys/module/{m}"))];
            bool nested = (Field("/proc/cpuinfo", "flags") ?? string.Empty).Split(' ').Contains("hypervisor");
            string kind = modules.Length == 0 ? "no KVM module" : string.Join(", ", modules);
            return $"{kind}{(modules.Contains("kvm_pvm") ? " (without hardware virtualization)" : string.Empty)}, {(nested ? "nested in a VM" : "bare metal")}";
        }
    }

    public static string? FirstLine(string path)
    {
        try
        {
            return File.ReadLines(path).FirstOrDefault();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    public static string? Field(string path, string name) =>
        File.ReadLines(path).Select(l => l.Split(':', 2)).FirstOrDefault(p => p.Length == 2 && p[0].Trim() == name)?[1].Trim();

    private static Dictionary<string, string> Hashes(IReadOnlyList<LaunchableCase> plan) =>
        plan.SelectMany(p => p.Request.Stages).Select(s => s.Path).Distinct().Order(StringComparer.Ordinal)
            .GroupBy(p => Path.GetFileName(p))
            .SelectMany(g => g.Count() == 1 ? g.Select(p => (Name: g.Key, Path: p)) : g.Select(p => (Name: p, Path: p)))
            .ToDictionary(p => p.Name, p => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(p.Path))));

    private static string? GitCommit()
    {
        try
        {
            using Process git = Process.Start(new ProcessStartInfo("git", ["-C", AppContext.BaseDirectory, "rev-parse", "--short=12", "HEAD"]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            string commit = git.StandardOutput.ReadToEnd().Trim();
            git.WaitForExit();
            return git.ExitCode == 0 ? commit : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }
}
