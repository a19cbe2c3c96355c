namespace UniBench.Tests.Compatibility;

/// <summary>What is to be said of a system call: a line of guest/libos/compatibility.txt.</summary>
/// <param name="State">full, partial or absent.</param>
/// <param name="Remark">What is missing, or different, or what programs do without it.</param>
internal sealed record CompatibilityNote(string State, string Remark)
{
    private static readonly string[] States = ["full", "partial", "absent"];

    /// <summary>Lines of the form <c>name: state: remark</c>; empty ones and those that begin with # are for readers.</summary>
    /// <exception cref="InvalidDataException">A line is not of that form, a name comes twice, or a state does not fit the table.</exception>
    public static IReadOnlyDictionary<string, CompatibilityNote> Parse(IEnumerable<string> lines, IReadOnlyDictionary<int, string> linux, IReadOnlyDictionary<int, string> implemented)
    {
        Dictionary<string, int> numbers = linux.ToDictionary(c => c.Value, c => c.Key);
        Dictionary<string, CompatibilityNote> notes = [];
        foreach (string line in lines.Where(l => l.Trim().Length > 0 && !l.StartsWith('#')))
        {
            string[] parts = line.Split(':', 3, StringSplitOptions.TrimEntries);
            string? wrong = parts.Length < 3 || !States.Contains(parts[1]) || parts[2].Length == 0 || parts[2].Contains('|', StringComparison.Ordinal) ? "expected `name: full|partial|absent: remark`, the remark without |"
                : !numbers.TryGetValue(parts[0], out int number) ? "Linux has no such system call"
                : parts[1] == "absent" && implemented.ContainsKey(number) ? "the library OS's table has it: say full or partial, or remove the line"
                : parts[1] != "absent" && !implemented.ContainsKey(number) ? "the library OS's table does not have it"
                : !notes.TryAdd(parts[0], new CompatibilityNote(parts[1], parts[2])) ? "there is a note already"
                : null;
            if (wrong is not null)
            {
                throw new InvalidDataException($"{line}\n  {wrong}");
            }
        }

        return notes;
    }
}
