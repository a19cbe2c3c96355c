using UniBench.Cli.Scripting;

namespace UniBench.Cli.Running;

/// <summary>Programs that scenarios name: those shipped with the tool, well-known static ones of the system, and paths.</summary>
internal sealed class ProgramCatalog
{
    /// <summary>Overrides the folder of shipped programs.</summary>
    public const string Variable = "UNIBENCH_PROGRAMS";

    private static readonly string[] SystemPrograms = ["/bin/busybox", "/bin/bash-static"];

    public static string Folder => Environment.GetEnvironmentVariable(Variable) ?? Path.Combine(AppContext.BaseDirectory, "programs");

    /// <summary>Names of the shipped programs.</summary>
    public IReadOnlyList<string> Names => Directory.Exists(Folder) ? [.. Directory.EnumerateFiles(Folder).Select(f => Path.GetFileName(f)!).Order(StringComparer.Ordinal)] : [];

    public string? TryFind(string name)
    {
        if (name.Contains('/', StringComparison.Ordinal))
        {
            return File.Exists(name) ? Path.GetFullPath(name) : null;
        }

        string shipped = Path.Combine(Folder, name);
        return File.Exists(shipped) ? shipped : SystemPrograms.FirstOrDefault(p => Path.GetFileName(p) == name && File.Exists(p));
    }

    /// <exception cref="ScenarioException">There is no such program; the message lists those there are.</exception>
    public string Find(string name) => TryFind(name)
        ?? throw new ScenarioException($"there is no program '{name}': {string.Join(", ", Names)}, or a path to a static Linux program");
}
