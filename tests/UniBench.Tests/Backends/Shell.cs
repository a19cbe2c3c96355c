using System.Text;
using NUnit.Framework;
using UniBench.Workloads;

namespace UniBench.Tests.Backends;

/// <summary>Workloads of static busybox, and what they printed.</summary>
internal static class Shell
{
    public const string Busybox = "/bin/busybox";

    public static ProcessSpec Applet(string name, params string[] arguments) => new(Busybox, [name, .. arguments]);

    public static ProcessSpec Script(string script) => Applet("sh", "-c", script);

    public static LaunchRequest Request(params ProcessSpec[] stages) => new()
    {
        Stages = stages,
        Timeout = Patience.Seconds(30),
        Environment = ["PATH=/bin"],
    };

    public static string Text(this LaunchResult result) => Encoding.UTF8.GetString(result.Stdout).Trim();

    public static LaunchResult Launch(this IBackend backend, params ProcessSpec[] stages) => backend.Launch(Request(stages), CancellationToken.None);

    /// <summary>Ignores the test where there is no busybox.</summary>
    public static void Require()
    {
        if (!File.Exists(Busybox))
        {
            Assert.Ignore($"{Busybox} is missing: apt-get install busybox-static");
        }
    }

    /// <summary>Command lines of all processes that have this word among their arguments.</summary>
    public static IReadOnlyList<string> ProcessesWith(string word) =>
        [.. Directory.EnumerateDirectories("/proc").Where(d => char.IsAsciiDigit(Path.GetFileName(d)[0])).Select(CommandLine).Where(l => l.Split('\0').Contains(word))];

    private static string CommandLine(string directory)
    {
        try
        {
            return File.ReadAllText($"{directory}/cmdline");
        }
        catch (IOException)
        {
            return string.Empty;
        }
    }
}
