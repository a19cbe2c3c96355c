using NUnit.Framework;

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
    public static IEnumerable<TestCaseData> Runnable =>
        Names.SelectMany(name => File.Exists(Path.Combine(Binaries, name + ".musl")) ? new[] { name, name + ".musl" } : [name])
            .Select(name => Slow.Contains(name) ? new TestCaseData(name).SetCategory(SlowAttribute.Category) : new TestCaseData(name));

    /// <summary>The first comment line of a source: the point of POSIX that it observes.</summary>
    public static string Point(string name)
    {
        string line = File.ReadLines(Path.Combine(Sources, name + ".c")).First();
        return line.StartsWith("/* ", StringComparison.Ordinal) && line.EndsWith(" */", StringComparison.Ordinal)
            ? line[3..^3]
            : throw new InvalidDataException($"{name}.c: the first line must be one comment, /* like this */");
    }

    // A second or more on some engine, up to 20.
    private static string[] Slow { get; } =
    [
        "fork_later_writes_unseen", "fork_often_partial_writes", "fork_tree_random_writers", "fork_vector_instructions", "malloc_large_free", "malloc_large_free.musl",
        "pipe_ends_of_killed_children", "readdir_thousands", "rlimit_cpu_sigxcpu", "rlimit_memory", "stderr_unbuffered", "stop_continue_at_once", "sysv_semaphore_ping_pong",
    ];

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
