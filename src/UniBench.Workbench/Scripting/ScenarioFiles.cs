namespace UniBench.Workbench.Scripting;

/// <summary>Scenario scripts on the command line: files, directories of them, and names of those that ship with the tool.</summary>
internal static class ScenarioFiles
{
    private const string Extension = ".csx";

    /// <summary>Where the shipped ones are.</summary>
    public static string Shipped => Path.Combine(AppContext.BaseDirectory, "scenarios");

    /// <summary>scenarios/ here, else the shipped ones.</summary>
    public static string Usual => Directory.Exists("scenarios") ? "scenarios" : Shipped;

    /// <summary>What the shipped ones are called.</summary>
    public static IEnumerable<string> Names => Directory.Exists(Shipped) ? Inside(Shipped).Select(f => Path.GetFileNameWithoutExtension(f)) : [];

    /// <summary>A directory stands for its scripts, sorted. A file that others #load is no scenario: by convention its name begins with an underscore.</summary>
    /// <exception cref="UsageException">A directory has none.</exception>
    public static IEnumerable<string> Of(IEnumerable<string> given) => given.SelectMany(path => Directory.Exists(path)
        ? Inside(path)
        : [Find(path)]);

    /// <summary>As one would type it: a shipped script by its name alone.</summary>
    public static string Shown(string path) => Path.GetDirectoryName(path) == Shipped ? Path.GetFileNameWithoutExtension(path) : path;

    private static string[] Inside(string directory)
    {
        string[] scripts = [.. Directory.EnumerateFiles(directory, "*" + Extension).Where(f => !Path.GetFileName(f).StartsWith('_')).Order(StringComparer.Ordinal)];
        return scripts.Length > 0 ? scripts : throw new UsageException($"there is no scenario (*{Extension}) in {directory}");
    }

    private static string Find(string given)
    {
        bool isName = !given.Contains('/', StringComparison.Ordinal) && !File.Exists(given);
        string shipped = Path.Combine(Shipped, given.EndsWith(Extension, StringComparison.Ordinal) ? given : given + Extension);
        return isName && File.Exists(shipped) ? shipped : given;
    }
}
