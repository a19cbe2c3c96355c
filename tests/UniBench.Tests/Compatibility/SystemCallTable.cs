using System.Globalization;
using System.Text.RegularExpressions;
using UniBench.Monitor.Families;

namespace UniBench.Tests.Compatibility;

/// <summary>Linux's x86-64 system calls, and which of them the library OS has: its table in C is read, so that nobody writes it down twice.</summary>
internal static partial class SystemCallTable
{
    private const int Numbers = 512;

    /// <summary>Names by number, in the order of the numbers; numbers that Linux has not given away are left out.</summary>
    public static IReadOnlyDictionary<int, string> Linux { get; } = Enumerable.Range(0, Numbers)
        .Select(n => KeyValuePair.Create(n, SyscallNames.Of(n)))
        .Where(c => !c.Value.StartsWith("syscall_", StringComparison.Ordinal))
        .ToDictionary();

    /// <summary>Every <c>X(number, function)</c> of a source like guest/libos/syscall_table.c: number and function's name without <c>sys_</c>.</summary>
    public static IReadOnlyDictionary<int, string> Implemented(string source)
    {
        SortedDictionary<int, string> calls = [];
        foreach (Match entry in Entry().Matches(source))
        {
            int number = int.Parse(entry.Groups[1].ValueSpan, CultureInfo.InvariantCulture);
            if (!calls.TryAdd(number, entry.Groups[2].Value))
            {
                throw new InvalidDataException($"the table has two entries for system call {number}");
            }
        }

        return calls;
    }

    [GeneratedRegex(@"\bX\(\s*(\d+)\s*,\s*(\w+)\s*\)", RegexOptions.CultureInvariant)]
    private static partial Regex Entry();
}
