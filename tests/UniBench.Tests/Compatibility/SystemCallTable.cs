using System.Text.RegularExpressions;
using UniBench.Host;
using UniBench.Monitor.Families;

namespace UniBench.Tests.Compatibility;

/// <summary>Linux's x86-64 system calls, and which of them the library OS has: its table in C is read, so that nobody writes it down twice.</summary>
internal static partial class SystemCallTable
{
    /// <summary>Names by number, in the order of the numbers.</summary>
    public static IReadOnlyDictionary<int, string> Linux { get; } = Enum.GetValues<LinuxCall>().ToDictionary(c => (int)c, SyscallNames.Of);

    private static readonly Dictionary<string, int> Numbers = Linux.ToDictionary(c => c.Value, c => c.Key);

    /// <summary>Every <c>X(call)</c> and <c>X(call, function)</c> of a source like guest/libos/syscall_table.c: number and function's name without <c>sys_</c>.</summary>
    public static IReadOnlyDictionary<int, string> Implemented(string source)
    {
        SortedDictionary<int, string> calls = [];
        foreach (Match entry in Entry().Matches(source))
        {
            string call = entry.Groups[1].Value;
            if (!Numbers.TryGetValue(call, out int number))
            {
                throw new InvalidDataException($"the table has {call}, which is no system call");
            }

            if (!calls.TryAdd(number, entry.Groups[2].Success ? entry.Groups[2].Value : call))
            {
                throw new InvalidDataException($"the table has two entries for system call {call}");
            }
        }

        return calls;
    }

    [GeneratedRegex(@"\bX\(\s*(\w+)\s*(?:,\s*(\w+)\s*)?\)", RegexOptions.CultureInvariant)]
    private static partial Regex Entry();
}
