using System.Globalization;
using UniBench.Monitor.Files;
using UniBench.Workloads;

namespace UniBench.Monitor.Procfs;

/// <summary>/proc/PID/mounts, mountinfo and mountstats: what the family was granted, with the kind and source that the host says, and what every family has.</summary>
internal sealed class MountTable
{
    /// <summary>Of files that are on no mount: pipes and what has no name.</summary>
    public const int Internal = 1;

    private const int FirstId = 20;
    private readonly Lazy<IReadOnlyList<Entry>> entries;

    public MountTable(IReadOnlyList<Mount> mounts)
    {
        entries = new(() => [.. Entries(mounts, HostMounts())]);
    }

    public string Mounts() => Lines(m => $"{m.Source} {m.Path} {m.Kind} {m.Access},relatime 0 0");

    public string Information() => Lines(m => string.Create(
        CultureInfo.InvariantCulture, $"{m.Id} {ParentOf(m)} {m.Device} {m.Root} {m.Path} {m.Access},relatime - {m.Kind} {m.Source} {m.Access}"));

    public string Statistics() => Lines(m => $"device {m.Source} mounted on {m.Path} with fstype {m.Kind}");

    /// <summary>The mount that a path lies on.</summary>
    public int IdOf(string path) => entries.Value.Where(m => Covers(m.Path, path)).OrderByDescending(m => m.Path.Length).FirstOrDefault()?.Id ?? Internal;

    private static bool Covers(string mount, string path) =>
        mount == "/" || path == mount || (path.StartsWith(mount, StringComparison.Ordinal) && path[mount.Length] == '/');

    private string Lines(Func<Entry, string> line) => string.Concat(entries.Value.Select(e => line(e) + "\n"));

    private int ParentOf(Entry entry) => entry.Path == "/"
        ? Internal
        : entries.Value.Where(m => m != entry && Covers(m.Path, entry.Path)).OrderByDescending(m => m.Path.Length).FirstOrDefault()?.Id ?? Internal;

    private static IEnumerable<Entry> Entries(IReadOnlyList<Mount> mounts, IReadOnlyList<HostMount> host)
    {
        int id = FirstId;
        List<(string Path, string Kind, string Source, string Access, string Device, string Root)> all = [];
        foreach (Mount mount in mounts.OrderBy(m => m.GuestPath.Length))
        {
            string real = Path.GetFullPath(mount.HostPath);
            HostMount? on = host.Where(h => Covers(h.Path, real)).MaxBy(h => h.Path.Length);
            string guest = PathText.OfHost(mount.GuestPath).TrimEnd('/');
            all.Add((guest.Length == 0 ? "/" : guest, on?.Kind ?? "none", on?.Source ?? "none", mount.Writable ? "rw" : "ro", on?.Device ?? "0:0", "/"));
        }

        bool Has(string path) => all.Exists(m => m.Path == path);
        int made = 0;
        foreach ((string path, string kind, string access) in ((string, string, string)[])[
            ("/", "tmpfs", "ro"), ("/proc", "proc", "rw"), ("/sys", "sysfs", "ro"), ("/dev", "devtmpfs", "rw"), ("/dev/shm", "tmpfs", "rw"), ("/tmp", "tmpfs", "rw")])
        {
            bool isTemporaryOfRoot = path == "/tmp" && Has("/") && mounts.Any(m => m.GuestPath.TrimEnd('/').Length == 0);
            if (!Has(path) && !isTemporaryOfRoot)
            {
                all.Add((path, kind, kind, access, $"0:{SpecialStatus.OfMonitor + (ulong)made}", "/"));
            }

            made++;
        }

        foreach ((string path, string kind, string source, string access, string device, string root) in all)
        {
            yield return new Entry(id++, Escape(path), kind, Escape(source), access, device, root);
        }
    }

    private static string Escape(string text) => text.Replace("\\", "\\134", StringComparison.Ordinal).Replace(" ", "\\040", StringComparison.Ordinal)
        .Replace("\t", "\\011", StringComparison.Ordinal).Replace("\n", "\\012", StringComparison.Ordinal);

    /// <summary>Those of the host: `id parent major:minor root path options ... - kind source options`.</summary>
    private static List<HostMount> HostMounts()
    {
        List<HostMount> found = [];
        foreach (string line in HostText.Read("/proc/self/mountinfo").Split('\n'))
        {
            string[] parts = line.Split(" - ", 2);
            string[] before = parts[0].Split(' ');
            if (parts.Length == 2 && before.Length > 4 && parts[1].Split(' ') is [var kind, var source, ..])
            {
                found.Add(new HostMount(before[4].Replace("\\040", " ", StringComparison.Ordinal), kind, source, before[2]));
            }
        }

        return found;
    }

    private sealed record Entry(int Id, string Path, string Kind, string Source, string Access, string Device, string Root);

    private sealed record HostMount(string Path, string Kind, string Source, string Device);
}
