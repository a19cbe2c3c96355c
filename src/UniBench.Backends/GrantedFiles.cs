using UniBench.Workloads;

namespace UniBench.Backends;

/// <summary>Which host files a workload sees where, by its mounts alone.</summary>
public static class GrantedFiles
{
    /// <summary>The host path behind a path of the workload: that of the innermost mount around it.</summary>
    /// <returns>Null when no mount holds it.</returns>
    public static string? HostPath(IReadOnlyList<Mount> mounts, string path)
    {
        string full = Path.GetFullPath(path, "/");
        Mount? mount = mounts.Where(m => Holds(m.GuestPath, full)).MaxBy(m => Clean(m.GuestPath).Length);
        return mount is null ? null : Path.GetFullPath(Path.Join(mount.HostPath, full.AsSpan(Clean(mount.GuestPath).Length)));
    }

    /// <summary>Whether a path names the same file for the host and for the workload.</summary>
    public static bool IsSamePath(IReadOnlyList<Mount> mounts, string path) => HostPath(mounts, path) == Path.GetFullPath(path, "/");

    /// <summary>Whether the mount shows a host file at the place where the host has it.</summary>
    public static bool IsAtOwnPath(Mount mount) => Clean(Path.GetFullPath(mount.HostPath)) == Clean(Path.GetFullPath(mount.GuestPath, "/"));

    private static bool Holds(string directory, string path) =>
        Clean(directory) is var at && (path == at || at == "/" || path.StartsWith(at + "/", StringComparison.Ordinal));

    private static string Clean(string path) => Path.TrimEndingDirectorySeparator(Path.GetFullPath(path, "/"));
}
