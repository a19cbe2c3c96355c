using UniBench.Workbench.Scripting;

namespace UniBench.Workbench.Running;

/// <summary>Finds programs: those that ship with the tool by name, then the PATH, and anything by path.</summary>
public sealed class ProgramCatalog(string? folder)
{
    /// <summary>Overrides the folder of shipped programs.</summary>
    public const string Variable = "UNIBENCH_PROGRAMS";

    /// <summary>Where the shipped programs are; null when they are not built.</summary>
    public string? Folder { get; } = folder is not null && Directory.Exists(folder) ? Path.GetFullPath(folder) : null;

    /// <summary>Names of the shipped programs, sorted.</summary>
    public IReadOnlyList<string> Names => Folder is null
        ? []
        : [.. Directory.EnumerateFiles(Folder).Select(f => Path.GetFileName(f)!).Order(StringComparer.Ordinal)];

    /// <summary>UNIBENCH_PROGRAMS, else programs/ beside the tool, else guest/build/programs of the repository it was built in.</summary>
    public static ProgramCatalog Shipped()
    {
        string? set = Environment.GetEnvironmentVariable(Variable);
        return new ProgramCatalog(string.IsNullOrEmpty(set) ? Search(AppContext.BaseDirectory) : set);
    }

    /// <param name="from">What a path with a '/' in it starts from.</param>
    /// <returns>The full path, null when there is none.</returns>
    public string? TryFind(string name, string from)
    {
        if (name.Contains('/', StringComparison.Ordinal))
        {
            string path = Path.GetFullPath(name, from);
            return File.Exists(path) ? path : null;
        }

        string[] searched = (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(':', StringSplitOptions.RemoveEmptyEntries);
        string[] folders = [.. Folder is null ? [] : new[] { Folder }, .. searched];
        return name.Length == 0 ? null : folders.Select(f => Path.GetFullPath(name, Path.GetFullPath(f))).FirstOrDefault(File.Exists);
    }

    /// <exception cref="ScenarioException">There is no such program; the message lists those there are.</exception>
    public string Find(string name, string from) => TryFind(name, from) ?? throw new ScenarioException((name.Contains('/'), Names) switch
    {
        (true, _) => $"there is no program {Path.GetFullPath(name, from)}",
        (_, []) => $"there is no program '{name}', and unibench's own are not built: make -C guest programs, or set {Variable}",
        (_, var names) => $"there is no program '{name}'{DidYouMean.Question(name, names)}: unibench brings {string.Join(", ", names)}; others are found on the PATH, or by a path with a '/'",
    });

    private static string? Search(string start)
    {
        for (DirectoryInfo? at = new(start); at is not null; at = at.Parent)
        {
            string built = Path.Combine(at.FullName, "guest", "build", "programs");
            string beside = Path.Combine(at.FullName, "programs");
            if (at.FullName.TrimEnd('/') == start.TrimEnd('/') && Directory.Exists(beside))
            {
                return beside;
            }

            if (Directory.Exists(built))
            {
                return built;
            }
        }

        return null;
    }
}
