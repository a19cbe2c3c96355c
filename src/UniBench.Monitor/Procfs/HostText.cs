using UniBench.Host;
using UniBench.Monitor.Files;

namespace UniBench.Monitor.Procfs;

/// <summary>Text of a file of the host that has no size of its own.</summary>
internal static class HostText
{
    private const int Most = 1 << 20;

    /// <returns>Empty where it cannot be read.</returns>
    public static string Read(string path) => HostIdentity.AsOwn(() => ReadAsOwn(path));

    private static string ReadAsOwn(string path)
    {
        int descriptor = (int)HostCall.OnPath(LinuxCall.Openat, AtFlags.Fdcwd, PathText.ToKernel(path), OpenFlags.Cloexec);
        if (descriptor < 0)
        {
            return string.Empty;
        }

        try
        {
            return PathText.Of(HostIo.ReadAll(descriptor, Most));
        }
        finally
        {
            HostIo.Close(descriptor);
        }
    }
}
