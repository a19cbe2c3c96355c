namespace UniBench.Tests.Conformance;

/// <summary>The conformance programs: their sources and what <c>make -C guest</c> built of them.</summary>
internal static class ConformancePrograms
{
    public static string Repository { get; } = FindRepository();

    public static string Sources => Path.Combine(Repository, "tests", "conformance");

    public static string Binaries => Path.Combine(Repository, "guest", "build", "conformance");

    /// <summary>Every source's name without <c>.c</c>, in ordinal order.</summary>
    public static IReadOnlyList<string> Names { get; } =
        [.. Directory.EnumerateFiles(Sources, "*.c").Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal)];

    /// <summary>Every program to run: each name, and <c>NAME.musl</c> where a C library of that kind was there to build it.</summary>
    public static IEnumerable<string> Runnable =>
        Names.SelectMany(name => File.Exists(Path.Combine(Binaries, name + ".musl")) ? new[] { name, name + ".musl" } : [name]);

    /// <summary>The first comment line of a source: the point of POSIX that it observes.</summary>
    public static string Point(string name)
    {
        string line = File.ReadLines(Path.Combine(Sources, name + ".c")).First();
        return line.StartsWith("/* ", StringComparison.Ordinal) && line.EndsWith(" */", StringComparison.Ordinal)
            ? line[3..^3]
            : throw new InvalidDataException($"{name}.c: the first line must be one comment, /* like this */");
    }

    private static string FindRepository()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "UniBench.sln")))
            {
                return folder.FullName;
            }
        }

        throw new DirectoryNotFoundException($"no UniBench.sln above {AppContext.BaseDirectory}");
    }
}
