using System.Globalization;

namespace UniBench.Workbench.Running;

/// <summary>Clock ticks that the hypervisor has taken from this machine since it started.</summary>
internal static class StealClock
{
    private const int StealColumn = 8;

    /// <returns>Null where the kernel does not count them.</returns>
    public static long? Read()
    {
        string[] words = File.ReadLines("/proc/stat").First().Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words.Length > StealColumn ? long.Parse(words[StealColumn], CultureInfo.InvariantCulture) : null;
    }
}
