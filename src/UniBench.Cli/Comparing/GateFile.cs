using System.Globalization;
using Tomlyn.Model;
using UniBench.Measure.Comparing;
using UniBench.Workbench;
using UniBench.Workbench.Scripting;

namespace UniBench.Cli.Comparing;

/// <summary>gates.toml: a list of [[gate]] tables; docs/comparing.md has every key.</summary>
internal static class GateFile
{
    private const string Case = "case", Metric = "metric", Reason = "reason", Threshold = "threshold", Times = "times_process", Limit = "limit", Other = "other_build", Exactly = "exactly", Between = "between", Counter = "counter", Per = "per", Muted = "muted_until";
    private static readonly string[] Keys = [Case, Metric, Reason, Threshold, Times, Limit, Other, Exactly, Between, Counter, Per, Muted];
    private static readonly string[] Bounds = [Threshold, Times, Limit, Other, Exactly, Between];

    /// <exception cref="UsageException">The file cannot be read, is not TOML, or a gate is not one.</exception>
    public static IReadOnlyList<Gate> Read(string path) => [.. TomlTables.Read(path, "gate", Parse)];

    private static Gate Parse(TomlTable table, string where)
    {
        TomlTables.CheckKeys(table, where, Keys);
        string[] bounds = [.. Bounds.Where(table.ContainsKey)];
        if (bounds.Length != 1)
        {
            throw new UsageException($"{where}: it needs exactly one of {string.Join(", ", Bounds)}{(bounds.Length > 1 ? $", not {string.Join(" and ", bounds)}" : "")}");
        }

        bool counts = bounds[0] is Exactly or Between;
        string[] others = counts ? [Metric] : [Counter, Per];
        if (others.FirstOrDefault(table.ContainsKey) is { } misplaced)
        {
            throw new UsageException($"{where}: {bounds[0]} is a bound of {(counts ? $"{Counter} and {Per}" : Metric)}, so there is no {misplaced}");
        }

        try
        {
            return new Gate
            {
                Case = TomlTables.Text(table, Case),
                Metric = counts ? $"{TomlTables.Text(table, Counter)} per {TomlTables.Text(table, Per)}" : TomlTables.Text(table, Metric),
                Reason = TomlTables.Text(table, Reason),
                Threshold = table.ContainsKey(Threshold) ? Percentage.ParseThreshold(TomlTables.Text(table, Threshold)) : null,
                TimesProcess = table.TryGetValue(Times, out object? times) ? Positive(times) : null,
                Limit = table.ContainsKey(Limit) ? Value(TomlTables.Text(table, Limit)) : null,
                OtherBuild = table.ContainsKey(Other) ? Percentage.Parse(TomlTables.Text(table, Other)) : null,
                Count = counts ? Bound(table) : null,
                MutedUntil = table.TryGetValue(Muted, out object? day) ? TomlTables.Day(Muted, day) : null,
            };
        }
        catch (FormatException e)
        {
            throw new UsageException($"{where}: {e.Message}");
        }
    }

    private static CounterBound Bound(TomlTable table)
    {
        (double least, double most) = table.TryGetValue(Exactly, out object? one) && Number(one) is { } exact ? (exact, exact)
            : table.TryGetValue(Between, out object? ends) && ends is TomlArray { Count: 2 } two && Number(two[0]) is { } low && Number(two[1]) is { } high && low <= high ? (low, high)
            : throw new FormatException($"{Exactly} is a number from 0 on, {Between} two of them, the smaller one first: [1, 2]");
        return new CounterBound(TomlTables.Text(table, Counter), TomlTables.Text(table, Per), least, most);
    }

    private static double? Number(object? value) =>
        value is long or double && Convert.ToDouble(value, CultureInfo.InvariantCulture) is >= 0 and <= double.MaxValue and var number ? number : null;

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
}
