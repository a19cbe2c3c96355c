namespace UniBench.Tests.Backends;

/// <summary>What a launch of this process could have left on the machine.</summary>
internal static class Leftovers
{
    private static readonly string Mine = $"unibench-{Environment.ProcessId}-";

    public static IReadOnlyList<string> All() => [.. Cgroups(), .. Bundles(), .. Containers(), .. Vms()];

    private static IEnumerable<string> Cgroups() => !Directory.Exists("/sys/fs/cgroup") ? []
        : Directory.EnumerateDirectories("/sys/fs/cgroup", "*", new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = 1, AttributesToSkip = FileAttributes.ReparsePoint })
            .Where(d => Path.GetFileName(d).StartsWith(Mine, StringComparison.Ordinal));

    private static IEnumerable<string> Bundles() => Directory.EnumerateDirectories(Path.GetTempPath(), $"unibench-bundle-{Mine}*");

    private static IEnumerable<string> Vms() => Directory.EnumerateDirectories(Path.GetTempPath(), $"unibench-vm-{Environment.ProcessId}-*");

    // Where runc keeps the state of its containers.
    private static IEnumerable<string> Containers() => Directory.Exists("/run/runc") ? Directory.EnumerateDirectories("/run/runc", $"{Mine}*") : [];
}
