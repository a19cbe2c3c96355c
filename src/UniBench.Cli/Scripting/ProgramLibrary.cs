namespace UniBench.Cli.Scripting;

/// <summary>Finds programs: those that ship with unibench by name, then the PATH, and anything by path.</summary>
internal sealed class ProgramLibrary
{
    public const string Variable = "UNIBENCH_PROGRAMS";
    private readonly string? directory;

    public ProgramLibrary(string? directory) => this.directory = directory;

    /// <summary>Names of the shipped programs, sorted; empty when they are not built.</summary>
    public IReadOnlyList<string> Names => directory is null || !Directory.Exists(directory)
        ? []
        : [.. Directory.EnumerateFiles(directory).Select(f => Path.GetFileName(f)!).Order(StringComparer.Ordinal)];

    /// <summary>UNIBENCH_PROGRAMS, else programs/ beside the tool, else guest/build/programs of the repository the tool was built in.</summary>
    public static ProgramLibrary Shipped()
    {
        string? set = Environment.GetEnvironmentVariable(Variable);
        return new ProgramLibrary(string.IsNullOrEmpty(set) ? Search(AppContext.BaseDirectory) : Path.GetFullPath(set));
    }

    /// <summary>Full path of a program; null when there is none.</summary>
    /// <param name="baseDirectory">What a relative path, one with a slash in it, starts from.</param>
    public string? Find(string name, string baseDirectory)
    {
        if (name.Contains('/'))
        {
            string path = Path.GetFullPath(name, baseDirectory);
            return File.Exists(path) ? path : null;
        }

        string[] searched = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries);
        return name.Length == 0
            ? null
            : ((string[])[.. directory is null ? [] : new[] { directory }, .. searched])
                .Select(d => Path.GetFullPath(name, Path.GetFullPath(d)))
                .FirstOrDefault(File.Exists);
    }

    /// <summary>Says why <see cref="Find"/> found nothing and what there is.</summary>
    public string WhyNot(string name) => (name.Contains('/'), Names) switch
    {
        (true, _) => $"there is no program {name}",
        (_, []) => $"no program is called '{name}', and unibench's own are not built: make -C guest, or set {Variable}",
        (_, var names) => $"no program is called '{name}': unibench brings {string.Join(", ", names)}; others are found on the PATH or by a path with a '/'",
    };

    private static string? Search(string start)
    {
        string beside = Path.Combine(start, "programs");
        if (Directory.Exists(beside))
        {
            return beside;
        }

        for (DirectoryInfo? at = new(start); at is not null; at = at.Parent)
        {
            string built = Path.Combine(at.FullName, "guest", "build", "programs");
            if (Directory.Exists(built))
            {
                return built;
            }
        }

        return null;
    }
}
