using UniBench.Kvm;

namespace UniBench.Monitor.Families;

/// <summary>The files a family was granted: host directories mounted into one tree, and the harmless devices every program expects.</summary>
/// <remarks>Paths are opened with openat2 and RESOLVE_IN_ROOT beneath their mount, so that no `..`, symbolic link or /proc trick leaves it.</remarks>
internal sealed class FileTree(IReadOnlyList<Mount> mounts)
{
    private const int AccessMode = 3;
    private const int Creating = 0x40 | 0x200; // O_CREAT, O_TRUNC
    private const int Allowed = 3 | 0x40 | 0x80 | 0x200 | 0x400 | 0x10000 | 0x20000 | 0x200000; // access mode, CREAT EXCL TRUNC APPEND DIRECTORY NOFOLLOW PATH
    private const int ReadOnlyFileSystem = 30; // EROFS
    private static readonly string[] Devices = ["/dev/null", "/dev/zero", "/dev/full", "/dev/urandom", "/dev/random"];

    /// <summary>Opens a path of the guest.</summary>
    /// <returns>A host descriptor, or -errno.</returns>
    public int Open(string path, int flags, uint mode)
    {
        string full = Normalize(path);
        if (Devices.Contains(full))
        {
            return HostIo.OpenBeneath("/dev", full[5..], flags & AccessMode, 0);
        }

        if (Find(full) is not { } mount)
        {
            return -Errno.ENOENT;
        }

        bool writes = (flags & AccessMode) != 0 || (flags & Creating) != 0;
        if (writes && !mount.Writable)
        {
            // What is not there is not there; what is there is read-only.
            int there = HostIo.OpenBeneath(mount.HostPath, Relative(mount, full), HostIo.PathOnly, 0);
            if (there >= 0)
            {
                HostIo.Close(there);
            }

            return there >= 0 || (flags & 0x40) != 0 ? -ReadOnlyFileSystem : there;
        }

        return HostIo.OpenBeneath(mount.HostPath, Relative(mount, full), flags & Allowed, mode);
    }

    /// <summary>Removes empty parts, `.` and `..`, which cannot lead above the root.</summary>
    private static string Normalize(string path)
    {
        List<string> parts = [];
        foreach (string part in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (part == ".." && parts.Count > 0)
            {
                parts.RemoveAt(parts.Count - 1);
            }
            else if (part is not ("." or ".."))
            {
                parts.Add(part);
            }
        }

        return "/" + string.Join('/', parts) + (path.EndsWith('/') && parts.Count > 0 ? "/" : string.Empty);
    }

    private static string Relative(Mount mount, string full)
    {
        string rest = full[mount.GuestPath.TrimEnd('/').Length..].TrimStart('/');
        return rest.Length == 0 ? "." : rest;
    }

    private Mount? Find(string full) => mounts
        .Where(m => m.GuestPath.TrimEnd('/') is var at && (full == at || full.StartsWith(at + "/", StringComparison.Ordinal)))
        .MaxBy(m => m.GuestPath.Length);
}
