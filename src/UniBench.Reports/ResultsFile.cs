using System.Text.Json;
using UniBench.Measure;

namespace UniBench.Reports;

/// <summary>results.json: a run summed up, with its launches in <see cref="RoundsFile"/> beside it, or in it; see docs/results.md.</summary>
public static class ResultsFile
{
    public const string Name = "results.json";

    /// <summary>Larger ones are refused: no run comes near, and reading all of it would take minutes and gigabytes.</summary>
    public const long MostBytes = 64 << 20;

    /// <summary>Writes all of a run into one file.</summary>
    /// <exception cref="ArgumentException">A number is infinite or not a number; nothing is written.</exception>
    public static void Save(RunResults results, string path) => Replace(path, ResultsJson.Serialize(results));

    /// <summary>Writes what the launches beside it amount to.</summary>
    /// <exception cref="ArgumentException">A number is infinite or not a number; nothing is written.</exception>
    public static void SaveSummary(RunResults results, string path) => Replace(path, ResultsJson.SerializeSummary(results));

    /// <exception cref="InvalidDataException">Not a results file, or one of another schema, or its launches are not beside it.</exception>
    public static RunResults Load(string path)
    {
        RunResults results = Read(path, ResultsJson.Deserialize);
        if (results.Schema != RunResults.SummarySchema)
        {
            return results;
        }

        IReadOnlyList<RoundRecord> rounds = RoundsFile.Load(LaunchesOf(path));
        try
        {
            return ResultsCheck.Checked(ResultsBuilder.Reassemble(results, rounds));
        }
        catch (Exception e) when (e is JsonException or ArgumentException)
        {
            throw new InvalidDataException($"{path} and the launches beside it do not fit: {Printable(e.Message)}", e);
        }
    }

    /// <exception cref="InvalidDataException">Not a results file, or one of another schema, or its launches are not beside it.</exception>
    public static LaunchTimes LoadOutline(string path)
    {
        LaunchTimes outline = Read(path, ResultsJson.Outline);
        return outline.Rounds is not null ? outline : outline with { Rounds = [.. RoundsFile.Lines(LaunchesOf(path), ResultsJson.Launch)] };
    }

    /// <summary>The message may quote the file, which may hold anything.</summary>
    internal static string Printable(string message) => string.Concat(message.Select(c => char.IsControl(c) ? ' ' : c));

    private static string LaunchesOf(string path)
    {
        string launches = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(path))!, RoundsFile.Name);
        return File.Exists(launches) ? launches : throw new InvalidDataException($"{path}: its launches are not beside it: there is no {launches}");
    }

    /// <summary>In one step: a reader, or a kill in the middle, sees the old file or the new one.</summary>
    private static void Replace(string path, byte[] json)
    {
        string temporary = path + ".tmp";
        try
        {
            using (FileStream stream = File.Create(temporary))
            {
                stream.Write(json);
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, path, overwrite: true);
        }
        catch (IOException)
        {
            // Half a file would only fill a disk that is full already.
            File.Delete(temporary);
            throw;
        }
    }

    private static byte[] ReadBytes(string path)
    {
        using FileStream stream = File.OpenRead(path);
        using MemoryStream json = new();
        byte[] piece = new byte[1 << 20];
        for (int got; (got = stream.Read(piece)) > 0;)
        {
            json.Write(piece, 0, got);
            if (json.Length > MostBytes)
            {
                throw new InvalidDataException($"{path} is larger than any results file: at most {MostBytes >> 20} MB are read");
            }
        }

        return json.ToArray();
    }

    private static T Read<T>(string path, Func<ReadOnlySpan<byte>, T> deserialize)
    {
        byte[] json = ReadBytes(path);
        try
        {
            return deserialize(json);
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"{path} is not a results file of schema {RunResults.CurrentSchema} or {RunResults.SummarySchema}: {Printable(e.Message)}", e);
        }
    }
}
