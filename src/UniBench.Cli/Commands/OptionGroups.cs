using System.Text;
using System.Text.RegularExpressions;

namespace UniBench.Cli.Commands;

/// <summary>The options of a command that has many, in groups.</summary>
internal static partial class OptionGroups
{
    /// <summary>So many are found in one list.</summary>
    private const int Few = 8;

    private const string Heading = "Options:\n";

    private static readonly (string Title, string[] Options)[] Groups =
    [
        ("What is run", ["--case", "--param", "--backends", "--backend", "--placement", "--against", "--exit-first", "--last-failed", "--dry-run"]),
        ("How often", ["--rounds", "--quick", "--warmup", "--precision", "--time-budget", "--seed", "--wait-idle"]),
        ("What programs get", ["--root", "--mount", "--cwd", "--env", "--memory", "--timeout", "--pin", "--spin", "--no-seccomp"]),
        ("Around launches", ["--setup", "--prepare", "--cleanup"]),
        ("Verdicts", ["--threshold", "--alpha"]),
        ("Results", ["--out", "--resume", "--replace", "--format", "--junit", "--stats", "--trace", "--timeline"]),
    ];

    /// <param name="help">As the library writes it.</param>
    public static string Of(string help)
    {
        int start = help.IndexOf(Heading, StringComparison.Ordinal);
        if (start < 0)
        {
            return help;
        }

        int first = start + Heading.Length;
        int end = help.IndexOf("\n\n", first, StringComparison.Ordinal) is var found && found < 0 ? help.Length : found + 1;
        (string Name, string Text)[] options = [.. Option().Matches(help[first..end]).Select(m => (m.Groups["name"].Value, m.Value))];
        if (options.Length <= Few)
        {
            return help;
        }

        StringBuilder text = new(help[..start]);
        foreach ((string title, string[] names) in Groups.Append(("Other options", [.. options.Select(o => o.Name).Except(Groups.SelectMany(g => g.Options))])))
        {
            (string Name, string Text)[] own = [.. options.Where(o => names.Contains(o.Name))];
            text.Append(own.Length == 0 ? "" : $"{title}:\n{string.Concat(own.Select(o => o.Text))}\n");
        }

        return text.Append(help[end..].TrimStart('\n')).ToString();
    }

    /// <summary>An option with the lines that go on with it.</summary>
    [GeneratedRegex("^  (?=-)[^\n]*?(?<name>--[a-z-]+)[^\n]*\n(?:   [^\n]*\n)*", RegexOptions.Multiline)]
    private static partial Regex Option();
}
