namespace UniBench.Cli.Commands;

/// <summary>Scenario scripts on the command line: files, and directories of them.</summary>
internal static class ScenarioFiles
{
    /// <summary>A directory stands for its scripts, sorted. A file that others #load is no scenario: by convention its name begins with an underscore.</summary>
    public static IEnumerable<string> Of(IEnumerable<string> given) => given.SelectMany(path => Directory.Exists(path)
        ? Directory.EnumerateFiles(path, "*.csx").Where(f => !Path.GetFileName(f).StartsWith('_')).Order(StringComparer.Ordinal)
        : (IEnumerable<string>)[path]);
}
