using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using UniBench.Host;

namespace UniBench.Fuzz;

/// <summary>
/// What of the host no guest may change: a tree of files that none was given for writing, the host's devices, names and settings, its network
/// interfaces. A snapshot, compared with a later one.
/// </summary>
internal sealed class HostState
{
    /// <summary>The tree, in a worker's directory.</summary>
    public const string Kept = "kept";

    private const int Here = -100, PathOnly = 0x200000, NoFollow = 0x20000;
    private static readonly string[] Devices = ["/dev/null", "/dev/zero", "/dev/full", "/dev/random", "/dev/urandom", "/dev/tty", "/dev/ptmx", "/dev/shm", "/tmp"];
    private static readonly string[] Settings = ["kernel/hostname", "kernel/domainname", "kernel/core_pattern", "kernel/randomize_va_space", "vm/overcommit_memory", "vm/max_map_count", "fs/pipe-max-size", "kernel/pid_max"];
    private readonly Dictionary<string, string> seen = [];

    private HostState(string folder)
    {
        foreach (string device in Devices.Where(Path.Exists))
        {
            seen[device] = Status(device, ofHost: true);
        }

        foreach (string setting in Settings.Select(s => "/proc/sys/" + s).Where(File.Exists))
        {
            seen[setting] = File.ReadAllText(setting);
        }

        foreach (string link in Directory.EnumerateDirectories("/sys/class/net"))
        {
            string flags = Path.Combine(link, "flags");
            seen[flags] = File.Exists(flags) ? File.ReadAllText(flags) : "";
        }

        foreach (string entry in Directory.EnumerateFileSystemEntries(Path.Combine(folder, Kept), "*", SearchOption.AllDirectories).Append(Path.Combine(folder, Kept)))
        {
            seen[entry] = Status(entry, ofHost: false) + ContentOf(entry);
        }
    }

    /// <summary>Makes the tree: files, links out of it, a FIFO.</summary>
    public static void Furnish(string folder)
    {
        string kept = Path.Combine(folder, Kept);
        Directory.CreateDirectory(Path.Combine(kept, "directory"));
        File.WriteAllText(Path.Combine(kept, "file"), "nobody writes to this\n");
        File.WriteAllText(Path.Combine(kept, "directory", "below"), "nor to this\n");
        File.WriteAllText(Path.Combine(kept, "lent"), "for reading\n");
        File.CreateSymbolicLink(Path.Combine(kept, "out"), "/etc/hostname");
        const int Fifo = 0x1180; // S_IFIFO | 0600
        HostCall.OnPath(LinuxCall.Mknodat, Here, Encoding.UTF8.GetBytes(Path.Combine(kept, "fifo") + "\0"), Fifo);
    }

    public static HostState Of(string folder) => new(folder);

    /// <summary>What is otherwise there, a line each.</summary>
    public IReadOnlyList<string> Changes(HostState later) =>
    [
        .. seen.Where(s => later.seen.GetValueOrDefault(s.Key) != s.Value).Select(s => $"{s.Key}: was {s.Value.Trim()}, is {later.seen.GetValueOrDefault(s.Key)?.Trim() ?? "gone"}"),
        .. later.seen.Keys.Except(seen.Keys).Select(k => $"{k} is new"),
    ];

    /// <param name="ofHost">Others use it, too: only its mode and owner stay.</param>
    private static string Status(string path, bool ofHost)
    {
        int fd = (int)HostCall.OnPath(LinuxCall.Openat, Here, Encoding.UTF8.GetBytes(path + "\0"), PathOnly | NoFollow);
        byte[] status = new byte[HostIo.StatBytes];
        HostIo.Stat(fd, status);
        HostIo.Close(fd);
        uint mode = BinaryPrimitives.ReadUInt32LittleEndian(status.AsSpan(24)), user = BinaryPrimitives.ReadUInt32LittleEndian(status.AsSpan(28)), group = BinaryPrimitives.ReadUInt32LittleEndian(status.AsSpan(32));
        string own = string.Create(CultureInfo.InvariantCulture, $"mode {Convert.ToString(mode, 8)} owner {user}:{group}");
        return ofHost ? own : string.Create(
            CultureInfo.InvariantCulture, $"{own} links {BinaryPrimitives.ReadInt64LittleEndian(status.AsSpan(16))} size {BinaryPrimitives.ReadInt64LittleEndian(status.AsSpan(48))} modified {Convert.ToHexString(status, 88, 16)} changed {Convert.ToHexString(status, 104, 16)}");
    }

    private static string ContentOf(string path) =>
        new FileInfo(path) is { Exists: true, LinkTarget: null, Length: > 0 } ? " " + Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(path)))[..16] : "";
}
