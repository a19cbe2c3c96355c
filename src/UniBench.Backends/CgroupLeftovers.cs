using System.Globalization;
using UniBench.Host;

namespace UniBench.Backends;

/// <summary>Removes groups from every hierarchy: a container runtime makes ours in all of them, not only where we asked for one.</summary>
internal static class CgroupLeftovers
{
    /// <summary>Names are this prefix, the maker's pid, a number.</summary>
    public const string Prefix = "unibench-";

    private const string Root = "/sys/fs/cgroup";

    /// <summary>Removes a group whose processes have ended.</summary>
    public static void Remove(string name)
    {
        foreach (string directory in Hierarchies().Select(h => Path.Combine(h, name)))
        {
            // A group stays busy for an instant after its last process was reaped.
            for (int attempt = 0; attempt < 200 && Directory.Exists(directory) && !TryRemove(directory); attempt++)
            {
                Thread.Sleep(5);
            }
        }
    }

    /// <summary>Removes groups whose maker is gone, and kills what it left running there.</summary>
    public static void Sweep()
    {
        foreach (string directory in Hierarchies().SelectMany(h => Directory.GetDirectories(h, $"{Prefix}*")))
        {
            if (IsAbandoned(Path.GetFileName(directory)))
            {
                KillInside(directory);
                Remove(Path.GetFileName(directory));
            }
        }
    }

    /// <summary>Whether a name is one of ours and the process that made it has ended.</summary>
    public static bool IsAbandoned(string name)
    {
        string[] parts = name.Split('-');
        return parts.Length == 3 && parts[0] + '-' == Prefix && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int pid) && !Directory.Exists($"/proc/{pid}");
    }

    private static IEnumerable<string> Hierarchies() =>
        !Directory.Exists(Root) ? []
        : File.Exists($"{Root}/cgroup.procs") ? [Root]
        : Directory.EnumerateDirectories(Root).Where(d => File.Exists($"{d}/cgroup.procs"));

    private static void KillInside(string directory)
    {
        try
        {
            foreach (string file in Directory.GetFiles(directory, "cgroup.procs", SearchOption.AllDirectories))
            {
                File.ReadLines(file).ToList().ForEach(pid => HostProcess.Kill(int.Parse(pid, CultureInfo.InvariantCulture), Signal.SIGKILL));
            }
        }
        catch (IOException)
        {
            // Another unibench sweeps at the same time and was faster.
        }
    }

    private static bool TryRemove(string directory)
    {
        try
        {
            foreach (string child in Directory.EnumerateDirectories(directory))
            {
                _ = TryRemove(child);
            }

            Directory.Delete(directory);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
