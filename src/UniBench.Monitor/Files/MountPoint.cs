using UniBench.Host;
using UniBench.Workloads;

namespace UniBench.Monitor.Files;

/// <summary>A mount, opened: names beneath it are resolved from its directory and never leave it.</summary>
internal sealed class MountPoint : IDisposable
{
    private readonly string fileName;

    private MountPoint(int directory, string guestPath, string fileName, bool writable)
    {
        Directory = directory;
        GuestPath = guestPath;
        this.fileName = fileName;
        Writable = writable;
    }

    /// <summary>Host descriptor that names the directory.</summary>
    public int Directory { get; }

    /// <summary>Without a slash at its end: empty for the root.</summary>
    public string GuestPath { get; }

    public bool Writable { get; }

    /// <exception cref="EngineException">There is nothing at the mount's host path.</exception>
    public static MountPoint Open(Mount mount)
    {
        bool isFile = File.Exists(mount.HostPath);
        string directory = isFile ? Path.GetDirectoryName(Path.GetFullPath(mount.HostPath))! : mount.HostPath;
        long opened = HostCall.OnPath(LinuxCall.Openat, AtFlags.Fdcwd, PathText.ToKernel(PathText.OfHost(directory)), OpenFlags.Path | 0x10000 | 0x80000);
        return opened >= 0
            ? new MountPoint((int)opened, PathText.OfHost(mount.GuestPath).TrimEnd('/'), isFile ? PathText.OfHost(Path.GetFileName(mount.HostPath)) : string.Empty, mount.Writable)
            : throw new EngineException($"{mount.HostPath} cannot be mounted at {mount.GuestPath}: {Errno.Name((int)-opened)}");
    }

    public bool Covers(string path) =>
        path.StartsWith(GuestPath, StringComparison.Ordinal) && (path.Length == GuestPath.Length || path[GuestPath.Length] == '/');

    /// <summary>The path from <see cref="Directory"/> on; a slash at the end stays.</summary>
    public string Relative(string path)
    {
        if (fileName.Length > 0)
        {
            return fileName + path[GuestPath.Length..];
        }

        string rest = path[GuestPath.Length..].TrimStart('/');
        return rest.Length == 0 ? "." : rest;
    }

    public void Dispose() => HostIo.Close(Directory);
}
