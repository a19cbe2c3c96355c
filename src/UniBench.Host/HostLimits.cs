using static UniBench.Host.NativeMethods;

namespace UniBench.Host;

/// <summary>Resource limits of this process.</summary>
public static unsafe class HostLimits
{
    private const int OpenFiles = 7; // RLIMIT_NOFILE
    private const ulong Wanted = 65536;
    private const long DefaultMappings = 65530;

    /// <summary>Raises the soft limit on open files, and the hard one where this process may: every VM takes two.</summary>
    /// <returns>Open files now allowed.</returns>
    public static long RaiseOpenFiles()
    {
        ResourceLimit limit;
        if (GetResourceLimit(OpenFiles, &limit) < 0)
        {
            throw new HostException("getrlimit RLIMIT_NOFILE", Errno.Last);
        }

        ulong hard = limit.Maximum;
        ResourceLimit wanted = new() { Current = Math.Max(hard, Wanted), Maximum = Math.Max(hard, Wanted) };
        if (hard >= Wanted || SetResourceLimit(OpenFiles, &wanted) < 0)
        {
            wanted = new ResourceLimit { Current = hard, Maximum = hard };
            _ = SetResourceLimit(OpenFiles, &wanted); // a soft limit may always rise to the hard one
        }

        return GetResourceLimit(OpenFiles, &limit) == 0 ? (long)limit.Current : throw new HostException("getrlimit RLIMIT_NOFILE", Errno.Last);
    }

    /// <summary>Writing beyond RLIMIT_FSIZE fails from now on, and no longer ends this process: guests choose how far they write.</summary>
    public static void OutliveFileSizeLimit()
    {
        byte* action = stackalloc byte[152]; // struct sigaction: handler, mask, flags, restorer
        new Span<byte>(action, 152).Clear();
        *(nint*)action = 1; // SIG_IGN
        _ = SignalAction(Signal.SIGXFSZ, action, null);
    }

    /// <summary>Mappings that this process may have (vm.max_map_count).</summary>
    public static int MostMappings { get; } = (int)Math.Min(ReadNumber("/proc/sys/vm/max_map_count") ?? DefaultMappings, int.MaxValue);

    /// <summary>Threads that this process may start: by the kernel, by the user's limit unless that is root, by its control groups.</summary>
    /// <param name="kept">Threads not to count on, but never more than half of those there are room for.</param>
    public static long RoomForThreads(int kept) => RoomForThreads("/", kept);

    /// <param name="root">Of the host's files; another one in tests.</param>
    internal static long RoomForThreads(string root, int kept)
    {
        const int Processes = 6; // RLIMIT_NPROC
        long room = ReadNumber(Path.Combine(root, "proc/sys/kernel/threads-max")) ?? long.MaxValue;
        ResourceLimit limit;
        if (!Environment.IsPrivilegedProcess && GetResourceLimit(Processes, &limit) == 0 && limit.Current < (ulong)room)
        {
            room = (long)limit.Current;
        }

        foreach (string group in ControlGroups(root))
        {
            if (ReadNumber(Path.Combine(group, "pids.max")) is { } most)
            {
                room = Math.Min(room, most - (ReadNumber(Path.Combine(group, "pids.current")) ?? 0));
            }
        }

        return room - Math.Min(kept, room / 2);
    }

    /// <summary>The directories of this process's groups that may limit its threads, and those above them.</summary>
    private static IEnumerable<string> ControlGroups(string root)
    {
        string list = Path.Combine(root, "proc/self/cgroup");
        foreach (string line in File.Exists(list) ? File.ReadAllLines(list) : [])
        {
            string[] parts = line.Split(':', 3); // number, controllers, path
            if (parts.Length < 3 || (parts[1].Length > 0 && !parts[1].Split(',').Contains("pids")))
            {
                continue;
            }

            string hierarchy = Path.Combine(root, parts[1].Length > 0 ? "sys/fs/cgroup/pids" : "sys/fs/cgroup");
            for (string path = parts[2].Trim('/'); ; path = Path.GetDirectoryName(path) ?? string.Empty)
            {
                yield return Path.Combine(hierarchy, path);
                if (path.Length == 0)
                {
                    break;
                }
            }
        }
    }

    /// <returns>Null where there is no file, or it says "max".</returns>
    private static long? ReadNumber(string path) =>
        File.Exists(path) && long.TryParse(File.ReadAllText(path).AsSpan().Trim(), System.Globalization.CultureInfo.InvariantCulture, out long number) ? number : null;
}
