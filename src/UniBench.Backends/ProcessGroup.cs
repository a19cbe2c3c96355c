using System.Globalization;

namespace UniBench.Backends;

/// <summary>Who is left of a process group: the second best way to find a workload's orphans, where there is no cgroup.</summary>
internal static class ProcessGroup
{
    /// <summary>Process group of this process.</summary>
    public static int Own => Read(File.ReadAllText("/proc/self/stat")).Group;

    /// <summary>Whether a process of the group still runs; zombies that nobody has reaped do not count.</summary>
    public static bool IsAlive(int group) => Directory.EnumerateDirectories("/proc").Any(directory =>
    {
        if (!char.IsAsciiDigit(Path.GetFileName(directory)[0]))
        {
            return false;
        }

        try
        {
            (char state, int of) = Read(File.ReadAllText($"{directory}/stat"));
            return of == group && state is not ('Z' or 'X');
        }
        catch (IOException)
        {
            return false; // ended between the listing and the reading
        }
    });

    // pid (name, which may hold anything) state parent group ...
    private static (char State, int Group) Read(string stat)
    {
        string[] fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        return (fields[0][0], int.Parse(fields[2], CultureInfo.InvariantCulture));
    }
}
