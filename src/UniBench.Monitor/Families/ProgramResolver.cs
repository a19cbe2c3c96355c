using UniBench.Kvm;
using UniBench.Monitor.Memory;

namespace UniBench.Monitor.Families;

/// <summary>Which file an exec means: a program beneath a mount, or the caller's own program, which every family may run again.</summary>
internal sealed class ProgramResolver(ImageCache images, IReadOnlyList<Mount> mounts)
{
    /// <returns>0, or errno when <paramref name="image"/> is null.</returns>
    public int Resolve(string name, string caller, out ProgramImage? image, out string hostPath)
    {
        image = null;
        hostPath = caller;
        if (name.Length == 0)
        {
            return Errno.ENOENT;
        }

        if (name != "/proc/self/exe" && name != caller)
        {
            string? beneath = mounts
                .Where(m => name.StartsWith(m.GuestPath.TrimEnd('/') + "/", StringComparison.Ordinal))
                .OrderByDescending(m => m.GuestPath.Length)
                .Select(m => Path.GetFullPath(Path.Combine(m.HostPath, Path.GetRelativePath(m.GuestPath, name))))
                .FirstOrDefault(p => mounts.Any(m => p.StartsWith(Path.GetFullPath(m.HostPath).TrimEnd('/') + "/", StringComparison.Ordinal)));
            if (beneath is null || !File.Exists(beneath))
            {
                return Errno.ENOENT;
            }

            if ((File.GetUnixFileMode(beneath) & (UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute)) == 0)
            {
                return Errno.EACCES;
            }

            hostPath = beneath;
        }

        try
        {
            image = images.Get(hostPath);
            return 0;
        }
        catch (EngineException)
        {
            return Errno.ENOEXEC;
        }
    }
}
