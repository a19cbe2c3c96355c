using System.Globalization;
using System.Text;
using UniBench.Monitor.Abi;

namespace UniBench.Monitor.Procfs;

/// <summary>/proc/PID/limits, in the order of RLIMIT_*.</summary>
internal static class LimitsText
{
    private static readonly (string Name, string Unit)[] Rows =
    [
        ("cpu time", "seconds"), ("file size", "bytes"), ("data size", "bytes"), ("stack size", "bytes"), ("core file size", "bytes"), ("resident set", "bytes"),
        ("processes", "processes"), ("open files", "files"), ("locked memory", "bytes"), ("address space", "bytes"), ("file locks", "locks"), ("pending signals", "signals"),
        ("msgqueue size", "bytes"), ("nice priority", ""), ("realtime priority", ""), ("realtime timeout", "us"),
    ];

    public static string Of(IReadOnlyList<ResourceLimit> limits)
    {
        StringBuilder text = new("Limit                     Soft Limit           Hard Limit           Units     \n");
        for (int i = 0; i < Math.Min(Rows.Length, limits.Count); i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"{"Max " + Rows[i].Name,-25} {Value(limits[i].Current),-20} {Value(limits[i].Maximum),-20} {Rows[i].Unit,-10}\n");
        }

        return text.ToString();
    }

    private static string Value(ulong limit) => limit == ulong.MaxValue ? "unlimited" : limit.ToString(CultureInfo.InvariantCulture);
}
