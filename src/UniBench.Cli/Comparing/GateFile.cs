using System.Globalization;
using Tomlyn;
using Tomlyn.Model;
using UniBench.Measure.Comparing;
using UniBench.Workbench;
using UniBench.Workbench.Scripting;

namespace UniBench.Cli.Comparing;

/// <summary>gates.toml: a list of [[gate]] tables; docs/gates.md has every key.</summary>
internal static class GateFile
{
    private const string Case = "case", Metric = "metric", Reason = "reason", Threshold = "threshold", Times = "times_process", Limit = "limit", Muted = "muted_until";
    private static readonly string[] Keys = [Case, Metric, Reason, Threshold, Times, Limit, Muted];
    private static readonly string[] Bounds = [Threshold, Times, Limit];

    /// <exception cref="UsageException">The file cannot be read, is not TOML, or a gate is not one.</exception>
    public static IReadOnlyList<Gate> Read(string path)
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

        string? unknown = document.Keys.FirstOrDefault(k => k != "gate");
        if (unknown is not null || !document.TryGetValue("gate", out object? gates) || gates is not TomlTableArray tables)
        {
            throw new UsageException(unknown is null ? $"{path}: it has no [[gate]]" : $"{path}: '{unknown}' is not known here; gates are written as [[gate]]");
        }

        return [.. tables.Select((table, i) => Parse(table, string.Create(CultureInfo.InvariantCulture, $"{path}, gate {i + 1}")))];
    }

    private static Gate Parse(TomlTable table, string where)
    {
        if (table.Keys.FirstOrDefault(k => !Keys.Contains(k)) is { } unknown)
        {
            throw new UsageException($"{where}: '{unknown}' is not one of {string.Join(", ", Keys)}");
        }

        string[] bounds = [.. Bounds.Where(table.ContainsKey)];
        if (bounds.Length != 1)
        {
            throw new UsageException($"{where}: it needs exactly one of {string.Join(", ", Bounds)}{(bounds.Length > 1 ? $", not {string.Join(" and ", bounds)}" : "")}");
        }

        try
        {
            return new Gate
            {
                Case = Text(table, Case),
                Metric = Text(table, Metric),
                Reason = Text(table, Reason),
                Threshold = table.ContainsKey(Threshold) ? Percentage.ParseThreshold(Text(table, Threshold)) : null,
                TimesProcess = table.TryGetValue(Times, out object? times) ? Positive(times) : null,
                Limit = table.ContainsKey(Limit) ? Value(Text(table, Limit)) : null,
                MutedUntil = table.TryGetValue(Muted, out object? day) ? Day(day) : null,
            };
        }
        catch (FormatException e)
        {
            throw new UsageException($"{where}: {e.Message}");
        }
    }

    private static string Text(TomlTable table, string key) => table.TryGetValue(key, out object? value) && value is string { Length: > 0 } text
        ? text
        : throw new FormatException($"{key} is missing, empty or not a string");

    private static double Positive(object? value) => value switch
    {
        double real when real > 0 && double.IsFinite(real) => real,
        long whole when whole > 0 => whole,
        _ => throw new FormatException($"{Times} is a number above 0"),
    };

    private static (double, string) Value(string text) =>
        text.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [var number, var unit]
            ? (Quantity.ParseReal(number), unit)
            : throw new FormatException($"{Limit} = \"{text}\" is not a number and a unit, such as \"300 ns\"");

    private static DateOnly Day(object? value) => value switch
    {
        TomlDateTime moment => DateOnly.FromDateTime(moment.DateTime.DateTime),
        string text when DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly day) => day,
        _ => throw new FormatException($"{Muted} is a day such as 2026-12-31"),
    };
}
