using System.Globalization;
using UniBench.Workloads;

namespace UniBench.Backends;

/// <summary>A group in the v2 hierarchy, which takes whole processes only: each program is started through a small one that moves itself and then becomes it.</summary>
/// <remarks>That is one more exec of a static program than in v1, inside the wall time: 0.3 ms on the project's machine.</remarks>
internal sealed class CgroupV2 : ResourceGroup
{
    public const string DefaultRoot = "/sys/fs/cgroup";
    private readonly string directory;

    /// <param name="root">Where the hierarchy is mounted.</param>
    public CgroupV2(string root)
    {
        string available = File.ReadAllText($"{root}/cgroup.controllers");
        string enabled = File.ReadAllText($"{root}/cgroup.subtree_control");
        foreach (string controller in (string[])["cpu", "memory", "pids"])
        {
            if (Has(available, controller) && !Has(enabled, controller))
            {
                File.WriteAllText($"{root}/cgroup.subtree_control", $"+{controller}");
            }
        }

        directory = $"{root}/{Name}";
        Directory.CreateDirectory(directory);
    }

    private static string Mover => Path.Combine(AppContext.BaseDirectory, "launcher", "enter");

    // memory.peak came with Linux 5.19.
    private string PeakFile => $"{directory}/memory.peak";

    public override string MemoryMethod => File.Exists(PeakFile) ? base.MemoryMethod : "none: the kernel has no memory.peak here";

    public static bool IsMounted(string root) =>
        File.Exists($"{root}/cgroup.controllers") && Has(File.ReadAllText($"{root}/cgroup.controllers"), "memory");

    public override ProcessSpec Inside(ProcessSpec spec) => new(Mover, [Mover, $"{directory}/cgroup.procs", spec.Path, .. spec.Arguments]);

    public override (TimeSpan User, TimeSpan System) CpuTime()
    {
        Dictionary<string, long> fields = File.ReadLines($"{directory}/cpu.stat")
            .Select(l => l.Split(' '))
            .ToDictionary(p => p[0], p => long.Parse(p[1], CultureInfo.InvariantCulture));
        return (TimeSpan.FromMicroseconds(fields["user_usec"]), TimeSpan.FromMicroseconds(fields["system_usec"]));
    }

    public override long PeakMemoryBytes() => File.Exists(PeakFile) ? ReadNumber(PeakFile) : 0;

    public override IReadOnlyList<int> Processes() => ReadProcesses(directory);

    protected override void ForbidForks()
    {
        // Linux 5.14: kills the whole tree at once, forks in flight included.
        string kill = $"{directory}/cgroup.kill";
        string limit = $"{directory}/pids.max";
        if (File.Exists(kill))
        {
            File.WriteAllText(kill, "1");
        }
        else if (File.Exists(limit))
        {
            File.WriteAllText(limit, "0");
        }
    }

    private static bool Has(string controllers, string name) => controllers.Split((char[])[' ', '\n']).Contains(name);
}
