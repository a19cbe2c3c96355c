namespace UniBench.Tests.Conformance;

/// <summary>Shell scripts whose output as unikernels must be that on Linux: every command in them is a process.</summary>
internal static class ConformanceScripts
{
    public const string Busybox = "/bin/busybox";
    public const string Bash = "/bin/bash-static";
    private const string Marker = "# shell: ";

    public static string Sources => Path.Combine(ConformancePrograms.Sources, "scripts");

    public static IEnumerable<string> Names => Directory.EnumerateFiles(Sources, "*.sh").Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal);

    /// <summary>The shell that the first line names, with its arguments up to the script.</summary>
    public static string[] Shell(string script) => File.ReadLines(Path.Combine(Sources, script)).First() switch
    {
        Marker + "busybox" => [Busybox, "sh"],
        Marker + "bash" => [Bash],
        _ => throw new InvalidDataException($"{script}: the first line must be `{Marker}busybox` or `{Marker}bash`"),
    };

    /// <summary>Puts busybox's applets into a directory, under their names.</summary>
    public static void LinkApplets(string directory)
    {
        Directory.CreateDirectory(directory);
        foreach (string applet in Applets.Value)
        {
            File.CreateSymbolicLink(Path.Combine(directory, applet), Busybox);
        }
    }

    private static readonly Lazy<string[]> Applets = new(() =>
        System.Text.Encoding.ASCII.GetString(LinuxRun.Run(Busybox, "--list").Stdout).Split('\n', StringSplitOptions.RemoveEmptyEntries));
}
