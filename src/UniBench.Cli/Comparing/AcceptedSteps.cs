using Tomlyn.Model;
using UniBench.Measure.History;
using UniBench.Workbench;

namespace UniBench.Cli.Comparing;

/// <summary>A file of [[step]] tables: steps in the history that somebody accepted, and why.</summary>
internal static class AcceptedSteps
{
    private static readonly string[] Keys = ["case", "metric", "until", "reason"];

    /// <exception cref="UsageException">The file cannot be read, is not TOML, or a step is not one.</exception>
    public static IReadOnlyList<AcceptedStep> Read(string path) => [.. TomlTables.Read(path, "step", Parse)];

    private static AcceptedStep Parse(TomlTable table, string where)
    {
        TomlTables.CheckKeys(table, where, Keys);
        try
        {
            return new AcceptedStep(
                TomlTables.Text(table, "case"), TomlTables.Text(table, "metric"), TomlTables.Day("until", table.TryGetValue("until", out object? day) ? day : null), TomlTables.Text(table, "reason"));
        }
        catch (FormatException e)
        {
            throw new UsageException($"{where}: {e.Message}");
        }
    }
}
