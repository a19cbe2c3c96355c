using System.Text;
using System.Text.Json;
using UniBench.Measure.History;

namespace UniBench.Reports.Trends;

/// <summary>history.jsonl: a line for each run, only ever appended to.</summary>
public static class HistoryFile
{
    public const string Name = "history.jsonl";

    /// <summary>Appends a run in one write; one that is there already (same start, same scenario) is left alone.</summary>
    /// <returns>False when it was there.</returns>
    /// <exception cref="InvalidDataException">The file is not a history.</exception>
    public static bool Append(string path, HistoryEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        if (File.Exists(path) && Load(path).Any(e => e.Started == entry.Started && e.Scenario == entry.Scenario))
        {
            return false;
        }

        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        byte[] line = Encoding.UTF8.GetBytes(ResultsJson.ToLine(entry) + "\n");
        using FileStream stream = new(path, FileMode.Append, FileAccess.Write, FileShare.Read);
        stream.Write(line);
        stream.Flush(flushToDisk: true);
        return true;
    }

    /// <exception cref="InvalidDataException">A line is not an entry of this schema.</exception>
    public static IReadOnlyList<HistoryEntry> Load(string path)
    {
        List<HistoryEntry> entries = [];
        int number = 0;
        foreach (string line in File.ReadLines(path))
        {
            number++;
            try
            {
                HistoryEntry entry = ResultsJson.FromLine<HistoryEntry>(line);
                entries.Add(entry.Schema == HistoryEntry.CurrentSchema ? entry : throw new JsonException($"its schema is {entry.Schema}"));
            }
            catch (JsonException e)
            {
                throw new InvalidDataException(FormattableString.Invariant($"{path}, line {number} is not an entry of schema {HistoryEntry.CurrentSchema}: {e.Message}"), e);
            }
        }

        return entries;
    }
}
