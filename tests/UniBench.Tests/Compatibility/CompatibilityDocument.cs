using System.Globalization;
using System.Text;

namespace UniBench.Tests.Compatibility;

/// <summary>The text of docs/compatibility.md.</summary>
internal static class CompatibilityDocument
{
    private const string Introduction = """
        # System calls of a unikernel

        What a program gets when it makes a Linux x86-64 system call inside a VM. **full**: as on Linux, as far as a program of one thread can
        tell, or with the difference that is named, and shown by [conformance programs](../tests/conformance/README.md); **partial**: what is missing is named; **absent**: ENOSYS, which the summary of a run counts by name.

        Generated from the library OS's own table, `guest/libos/compatibility.txt` and the conformance programs' sources; a test compares, and makes every call below as a unikernel
        to see that the absent ones, and no others, are answered with ENOSYS. After a change: `UNIBENCH_GOLDEN=write ./run.sh test --filter Compatibility`.


        """;

    public static string Render(IReadOnlyDictionary<int, string> linux, IReadOnlyDictionary<int, string> implemented, IReadOnlyDictionary<string, CompatibilityNote> notes)
    {
        (int Number, string Name, CompatibilityNote Note)[] calls =
        [
            .. linux.OrderBy(c => c.Key).Select(c => (c.Key, c.Value, notes.GetValueOrDefault(c.Value) ?? new CompatibilityNote(implemented.ContainsKey(c.Key) ? "full" : "absent", string.Empty))),
        ];
        Dictionary<string, string> areas = SystemCallAreas.All.SelectMany(a => a.Names, (a, name) => (name, a.Title)).ToDictionary();
        ILookup<string, (int Number, string Name, CompatibilityNote Note)> byArea = calls.ToLookup(c => areas.GetValueOrDefault(c.Name, SystemCallAreas.Rest));
        StringBuilder text = new(Introduction);
        text.Append("| | full | partial | absent |\n| --- | ---: | ---: | ---: |\n");
        string[] titles = [.. SystemCallAreas.All.Select(a => a.Title), SystemCallAreas.Rest];
        foreach (string title in titles)
        {
            AppendCounts(text, title, [.. byArea[title].Select(c => c.Note.State)]);
        }

        AppendCounts(text, "all", [.. calls.Select(c => c.Note.State)]);
        foreach (string title in titles)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n## {title}\n\n| number | call | | | shown by |\n| ---: | --- | --- | --- | --- |\n");
            foreach ((int number, string name, CompatibilityNote note) in byArea[title])
            {
                text.Append(CultureInfo.InvariantCulture, $"| {number} | `{name}` | {note.State} | {note.Remark} | {Programs(name, note)} |\n");
            }
        }

        return text.ToString();
    }

    /// <summary>Two of the programs that show it, and how many more there are.</summary>
    private static string Programs(string call, CompatibilityNote note)
    {
        const int Named = 2;
        IReadOnlyList<string> all = note.State == "absent" ? [] : ShownBy.Of(call);
        string named = string.Join(", ", all.Take(Named).Select(p => $"`{p}`"));
        return all.Count > Named ? string.Create(CultureInfo.InvariantCulture, $"{named} and {all.Count - Named} more") : named;
    }

    private static void AppendCounts(StringBuilder text, string title, string[] states) => text.Append(
        CultureInfo.InvariantCulture, $"| {title} | {states.Count(s => s == "full")} | {states.Count(s => s == "partial")} | {states.Count(s => s == "absent")} |\n");
}
