namespace UniBench.Cli.Commands;

/// <summary>Scenario scripts on the command line: files, directories of them, and names of those that ship with the tool.</summary>
internal static class ScenarioFiles
{
    private const string Extension = ".csx";

    /// <summary>Where the shipped ones are.</summary>
    public static string Shipped => Path.Combine(AppContext.BaseDirectory, "scenarios");

    /// <summary>scenarios/ here, else the shipped ones.</summary>
    public static string Usual => Directory.Exists("scenarios") ? "scenarios" : Shipped;

    /// <summary>A directory stands for its scripts, sorted. A file that others #load is no scenario: by convention its name begins with an underscore.</summary>
    public static IEnumerable<string> Of(IEnumerable<string> given) => given.SelectMany(path => Directory.Exists(path)
        ? Directory.EnumerateFiles(path, "*" + Extension).Where(f => !Path.GetFileName(f).StartsWith('_')).Order(StringComparer.Ordinal)
        : (IEnumerable<string>)[Find(path)]);

    private static string Find(string given)
    {
        bool isName = !given.Contains('/', StringComparison.Ordinal) && !File.Exists(given);
        string shipped = Path.Combine(Shipped, given.EndsWith(Extension, StringComparison.Ordinal) ? given : given + Extension);
        return isName && File.Exists(shipped) ? shipped : given;
    }
}
