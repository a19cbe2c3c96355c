using System.Globalization;
using UniBench.Host;

namespace UniBench.Fuzz;

/// <summary>What a process that has ended may have left: descendants, directories in /tmp and /dev/shm.</summary>
internal static class Leftovers
{
    /// <summary>From now on orphans of this process's descendants become its children.</summary>
    public static void AdoptOrphans()
    {
        const int SetChildSubreaper = 36;
        HostCall.Invoke(LinuxCall.Prctl, SetChildSubreaper, 1);
    }

    /// <summary>The children that there are now.</summary>
    public static int[] Own() => [.. Children().Select(c => c.Pid)];

    /// <summary>Children that run though whoever started them is gone, waited for as long as ending may take.</summary>
    /// <param name="except">Those that are to run.</param>
    public static IReadOnlyList<string> Processes(TimeSpan patience, params int[] except)
    {
        List<(int Pid, string Name)> left = [];
        SpinWait.SpinUntil(
            () =>
            {
                left = [.. Children().Where(c => !except.Contains(c.Pid))];
                left.ForEach(c => HostProcess.Wait(c.Pid, block: false));
                return left.Count == 0;
            },
            patience);
        return [.. left.Select(c => $"process {c.Pid} ({c.Name}) is left")];
    }

    /// <summary>Directories that this process made and did not remove.</summary>
    public static IReadOnlyList<string> Directories(int pid, string temporary) =>
    [
        .. new[] { "/dev/shm", Path.GetTempPath() }.SelectMany(d => Directory.EnumerateFileSystemEntries(d, "unibench-*"))
            .Where(n => n.Contains(string.Create(CultureInfo.InvariantCulture, $"-{pid}-"), StringComparison.Ordinal)).Concat(Directory.EnumerateFileSystemEntries(temporary)).Select(n => $"{n} is left"),
    ];

    /// <summary>Processes below a process, however deep.</summary>
    public static IEnumerable<int> Descendants(int pid)
    {
        ILookup<int, int> children = All().ToLookup(p => p.Parent, p => p.Pid);
        Queue<int> ahead = new(children[pid]);
        while (ahead.TryDequeue(out int next))
        {
            yield return next;
            foreach (int below in children[next])
            {
                ahead.Enqueue(below);
            }
        }
    }

    private static IEnumerable<(int Pid, string Name)> Children() => All().Where(p => p.Parent == Environment.ProcessId).Select(p => (p.Pid, p.Name));

    private static IEnumerable<(int Pid, int Parent, string Name)> All()
    {
        foreach (string directory in Directory.EnumerateDirectories("/proc").Where(d => char.IsAsciiDigit(Path.GetFileName(d)[0])))
        {
            string text;
            try
            {
                text = File.ReadAllText(Path.Combine(directory, "stat"));
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                continue; // it has ended
            }

            int name = text.IndexOf('(', StringComparison.Ordinal), end = text.LastIndexOf(')');
            yield return (
                int.Parse(Path.GetFileName(directory), CultureInfo.InvariantCulture), int.Parse(text[(end + 2)..].Split(' ')[1], CultureInfo.InvariantCulture), text[(name + 1)..end]);
        }
    }
}
