using UniBench.Host;
using UniBench.Monitor.Files;

namespace UniBench.Monitor.Procfs;

/// <summary>Files of the host that tell about the machine, and that any program of the host may read: shown as they are.</summary>
internal static class HostNodes
{
    private const uint Readable = 0x124;

    // What C libraries, hwloc, lscpu and language runtimes ask of /sys.
    private static readonly string[] Shown =
    [
        "/sys/devices/system/cpu", "/sys/devices/system/node", "/sys/devices/system/memory", "/sys/kernel/mm/hugepages", "/sys/kernel/mm/transparent_hugepage",
        "/sys/devices/virtual/dmi/id/product_name", "/sys/devices/virtual/dmi/id/sys_vendor", "/sys/hypervisor/type",
    ];

    /// <summary>/sys: of the host's, the parts that tell about processors and memory.</summary>
    public static readonly SpecialFile.Directory System = (SpecialFile.Directory)Of("/sys")!;

    private enum Kind
    {
        Missing,
        File,
        Directory,
        Link,
    }

    /// <summary>A file of the host, by the same name here as there; null where the host has none.</summary>
    public static SpecialFile? Text(string path) => OnEntry(path, (_, entry) => entry.IsRegular ? new SpecialFile.HostText(path) { Mode = entry.Mode & Readable } : null);

    private static SpecialFile? Of(string path)
    {
        bool isShown = Shown.Any(s => path == s || path.StartsWith(s + "/", StringComparison.Ordinal));
        if (!isShown && path != "/sys" && !Shown.Any(s => s.StartsWith(path + "/", StringComparison.Ordinal)))
        {
            return null;
        }

        return KindOf(path) switch
        {
            Kind.File when isShown => Text(path),
            Kind.Link when isShown => LinkOf(path),
            Kind.Directory => new SpecialFile.Directory(() => NamesIn(path).Where(n => Of($"{path}/{n}") is not null), name => Of($"{path}/{name}")) { Mode = 0x16d },
            _ => null,
        };
    }

    private static Kind KindOf(string path) => OnEntry(path, (_, entry) => entry switch
    {
        { IsDirectory: true } => Kind.Directory,
        { IsRegular: true } => Kind.File,
        { IsLink: true } => Kind.Link,
        _ => Kind.Missing,
    });

    private static SpecialFile.Link? LinkOf(string path) =>
        OnEntry(path, (descriptor, _) => HostIo.ReadLink(descriptor)) is { Length: > 0 } target ? new SpecialFile.Link(PathText.Of(target)) : null;

    private static T? OnEntry<T>(string path, Func<int, HostEntry, T> action) => HostIdentity.AsOwn(() => OnEntryAsOwn(path, action));

    private static T? OnEntryAsOwn<T>(string path, Func<int, HostEntry, T> action)
    {
        string mount = path.StartsWith("/sys", StringComparison.Ordinal) ? "/sys" : "/proc";
        int root = (int)HostCall.OnPath(LinuxCall.Openat, AtFlags.Fdcwd, PathText.ToKernel(mount), OpenFlags.Path | OpenFlags.Cloexec);
        if (root < 0)
        {
            return default;
        }

        // No link on the way: where one leads is decided in the guest's tree.
        int descriptor = HostCall.OpenStrictly(root, PathText.ToKernel(path.Length > mount.Length ? path[(mount.Length + 1)..] : "."), OpenFlags.Path | OpenFlags.Nofollow, 0);
        HostIo.Close(root);
        if (descriptor < 0)
        {
            return default;
        }

        try
        {
            return HostEntry.Of(descriptor) is { } entry ? action(descriptor, entry) : default;
        }
        finally
        {
            HostIo.Close(descriptor);
        }
    }

    private static string[] NamesIn(string path)
    {
        try
        {
            return [.. Directory.EnumerateFileSystemEntries(path).Select(e => PathText.OfHost(Path.GetFileName(e)))];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
