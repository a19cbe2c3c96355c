using System.Globalization;
using Tomlyn;
using Tomlyn.Model;
using UniBench.Workbench;

namespace UniBench.Cli.Comparing;

/// <summary>TOML files that are lists of tables of one name: rules that people write.</summary>
internal static class TomlTables
{
    /// <param name="name">Of the tables: [[name]].</param>
    /// <param name="parse">Makes something of a table, and is told where it stands.</param>
    /// <exception cref="UsageException">The file cannot be read, is not TOML, or has something else in it.</exception>
    public static IEnumerable<T> Read<T>(string path, string name, Func<TomlTable, string, T> parse)
    {
        TomlTable document;
        try
        {
            document = TomlSerializer.Deserialize<TomlTable>(File.ReadAllText(path)) ?? [];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or TomlException)
        {
            throw new UsageException($"{path}: {e.Message}");
        }

        string? unknown = document.Keys.FirstOrDefault(k => k != name);
        if (unknown is not null || !document.TryGetValue(name, out object? found) || found is not TomlTableArray tables)
        {
            throw new UsageException(unknown is null ? $"{path}: it has no [[{name}]]" : $"{path}: '{unknown}' is not known here; {name}s are written as [[{name}]]");
        }

        return tables.Select((table, i) => parse(table, string.Create(CultureInfo.InvariantCulture, $"{path}, {name} {i + 1}")));
    }

    /// <exception cref="UsageException">The table has another key.</exception>
    public static void CheckKeys(TomlTable table, string where, string[] keys)
    {
        if (table.Keys.FirstOrDefault(k => !keys.Contains(k)) is { } unknown)
        {
            throw new UsageException($"{where}: '{unknown}' is not one of {string.Join(", ", keys)}");
        }
    }

    /// <exception cref="FormatException">It is not there, or no text.</exception>
    public static string Text(TomlTable table, string key) => table.TryGetValue(key, out object? value) && value is string { Length: > 0 } text
        ? text
        : throw new FormatException($"{key} is missing, empty or not a string");

    /// <exception cref="FormatException">It is no day.</exception>
    public static DateOnly Day(string key, object? value) => value switch
    {
        TomlDateTime moment => DateOnly.FromDateTime(moment.DateTime.DateTime),
        string text when DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly day) => day,
        _ => throw new FormatException($"{key} is a day such as 2026-12-31"),
    };
}
