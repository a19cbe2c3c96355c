using UniBench.Workloads;

namespace UniBench.Backends;

/// <summary>What the file system of a container or a Linux VM is made of: a root of its own, or the granted one, and what is mounted into it.</summary>
internal sealed class ContainerFiles
{
    /// <summary>What every one of them has for itself, whatever the root that it was granted holds there.</summary>
    private static readonly string[] Own = ["proc", "dev", "sys"];

    private static readonly string[] Bare = ["bin", "proc", "dev", "tmp"];
    private readonly LaunchRequest request;
    private readonly Mount? root;

    public ContainerFiles(LaunchRequest request)
    {
        this.request = request;
        root = RootOf(request);
    }

    /// <summary>Whether its root is a granted directory, and not an empty one of its own.</summary>
    public bool HasGrantedRoot => root is not null;

    /// <summary>Where the workload's programs go: where nothing is mounted over them.</summary>
    public string ProgramDirectory => HasGrantedRoot || request.Mounts.Any(m => $"{m.GuestPath}/".StartsWith("/bin/", StringComparison.Ordinal)) ? "/.unibench" : "/bin";

    /// <summary>Every mount to make, in order: a granted root is mounted entry by entry, so that what is its own stays.</summary>
    public IEnumerable<Mount> Mounts =>
    [
        .. Entries().Where(e => e.LinkTarget is null).Select(e => new Mount(e.FullName, $"/{e.Name}", Writable: false)),
        .. request.Mounts.Where(m => m != root),
    ];

    /// <summary>Why it cannot be made as it is asked for; null when it can.</summary>
    public static string? Refusal(LaunchRequest request)
    {
        Mount? root = RootOf(request);
        if (root is { Writable: true })
        {
            return "its root is read-only; mount writable directories below it";
        }

        // Into a granted root nothing is written, so what is to be mounted over has to be there.
        Mount? nowhere = request.Mounts.FirstOrDefault(m => root is not null && m != root && !Path.Exists(Path.Join(root.HostPath, m.GuestPath)));
        return nowhere is not null ? $"{nowhere.GuestPath} cannot be mounted: {root!.HostPath} has nothing there to mount it over"
            : IsDirectory(request, root) ? null
            : $"there is no directory {request.WorkingDirectory} to start in: mount one there";
    }

    /// <summary>Makes the root and what is to be mounted over.</summary>
    public void Create(string rootFileSystem)
    {
        foreach (string part in HasGrantedRoot ? Own : Bare)
        {
            Directory.CreateDirectory(Path.Combine(rootFileSystem, part));
        }

        foreach (FileSystemInfo entry in Entries().Where(e => e.LinkTarget is not null))
        {
            File.CreateSymbolicLink(Path.Combine(rootFileSystem, entry.Name), entry.LinkTarget!);
        }

        // What is mounted beneath an entry of a granted root is there already.
        foreach (Mount mount in Mounts.Where(m => !HasGrantedRoot || m.GuestPath.LastIndexOf('/') == 0))
        {
            string target = Path.Join(rootFileSystem, mount.GuestPath);
            Directory.CreateDirectory(File.Exists(mount.HostPath) ? Path.GetDirectoryName(target)! : target);
            if (File.Exists(mount.HostPath))
            {
                File.Create(target).Dispose();
            }
        }
    }

    private static Mount? RootOf(LaunchRequest request) => request.Mounts.FirstOrDefault(m => m.GuestPath.AsSpan().Trim('/').IsEmpty);

    private static bool IsDirectory(LaunchRequest request, Mount? root)
    {
        string first = request.WorkingDirectory.Split('/', StringSplitOptions.RemoveEmptyEntries).FirstOrDefault() ?? string.Empty;
        return first.Length == 0
            || (root is null ? Bare : Own).Contains(request.WorkingDirectory.Trim('/'))
            || (GrantedFiles.HostPath(request.Mounts, request.WorkingDirectory) is { } there && Directory.Exists(there) && (root is null || !Own.Contains(first)));
    }

    private FileSystemInfo[] Entries() => root is null ? []
        : [.. new DirectoryInfo(root.HostPath).EnumerateFileSystemInfos().Where(e => !Own.Contains(e.Name)).OrderBy(e => e.Name, StringComparer.Ordinal)];
}
