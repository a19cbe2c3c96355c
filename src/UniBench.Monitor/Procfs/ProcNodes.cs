using System.Globalization;
using UniBench.Monitor.Files;

namespace UniBench.Monitor.Procfs;

/// <summary>/proc itself: the machine's files, which are the host's, the family's own, and a directory for each process.</summary>
internal static class ProcNodes
{
    // Whatever any user of the host may read.
    private static readonly string[] OfHost =
    [
        "buddyinfo", "cgroups", "cmdline", "config.gz", "consoles", "cpuinfo", "crypto", "devices", "diskstats", "dma", "execdomains", "filesystems", "interrupts", "iomem", "ioports", "kallsyms", "loadavg", "meminfo", "misc", "partitions",
        "schedstat", "softirqs", "stat", "swaps", "uptime", "vmstat", "zoneinfo",
    ];

    private static readonly NodeTable<ProcContext> Table = new(
    [
        .. OfHost.Select(name => (name, (Func<ProcContext, SpecialFile?>)(_ => HostNodes.Text("/proc/" + name)))),
        ("locks", c => new SpecialFile.Text(c.Family.LocksText)),
        ("mounts", _ => new SpecialFile.Link("self/mounts")),
        ("net", _ => new SpecialFile.Link("self/net")),
        ("self", c => new SpecialFile.Link(Number(c.Self.Pid))),
        ("sys", SettingNodes.Open),
        ("sysvipc", IpcNodes.Open),
        ("version", c => new SpecialFile.Text(() => $"{c.Uname.System} version {c.Uname.Release} (unibench) {c.Uname.Version}\n")),
        ("thread-self", c => new SpecialFile.Link($"{Number(c.Self.Pid)}/task/{Number(c.Self.Pid)}")),
    ]);

    public static SpecialFile.Directory Open(ProcContext context) => new(
        () => [.. Table.Names(context), .. context.Family.Pids().Select(Number)],
        name => Table.Find(context, name) ?? ProcessOf(context, name))
    { Mode = 0x16d };

    public static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static SpecialFile? ProcessOf(ProcContext context, string name) =>
        int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out int pid) && Number(pid) == name && context.Family.Describe(pid) is { } process
            ? ProcessNodes.Open(new ProcessContext(context, process))
            : null;
}
