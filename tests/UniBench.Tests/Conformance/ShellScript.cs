namespace UniBench.Tests.Conformance;

/// <summary>A script of tests/conformance/scripts: its first line names the shell, its second the point.</summary>
internal sealed record ShellScript(string Name, string Shell, string Point)
{
    public const string Busybox = "/bin/busybox";
    public const string Bash = "/bin/bash-static";

    private const string ShellMark = "# shell: ";
    private const string PointMark = "# ";

    public static string Sources => Path.Combine(ConformancePrograms.Sources, "scripts");

    /// <summary>Every script's name without <c>.sh</c>, in ordinal order.</summary>
    public static IReadOnlyList<string> Names { get; } =
        [.. Directory.EnumerateFiles(Sources, "*.sh").Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal)];

    /// <summary>What runs it, without the script's own path: the shell's file and the arguments before the script.</summary>
    public string[] Interpreter => Shell == "bash" ? [Bash] : [Busybox, "sh"];

    public static ShellScript Read(string name)
    {
        string[] lines = [.. File.ReadLines(Path.Combine(Sources, name + ".sh")).Take(2)];
        return lines is [var first, var second] && first is ShellMark + "busybox" or ShellMark + "bash" && second.StartsWith(PointMark, StringComparison.Ordinal)
            ? new ShellScript(name, first[ShellMark.Length..], second[PointMark.Length..])
            : throw new InvalidDataException($"{name}.sh: its first lines must be `{ShellMark}busybox` or `{ShellMark}bash`, and its point as a comment");
    }

    /// <summary>Ignores the test where a shell is missing; bash's scripts need busybox too, for the tools they call.</summary>
    public void RequireShells()
    {
        Require.StaticShell(Busybox, "busybox-static");
        if (Shell == "bash")
        {
            Require.StaticShell(Bash, "bash-static");
        }
    }
}
