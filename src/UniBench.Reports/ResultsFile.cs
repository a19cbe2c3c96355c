using System.Text.Json;
using UniBench.Measure;

namespace UniBench.Reports;

/// <summary>results.json: the one file that holds everything; see docs/results.md.</summary>
public static class ResultsFile
{
    public const string Name = "results.json";

    /// <summary>Larger ones are refused: no run comes near, and reading all of it would take minutes and gigabytes.</summary>
    public const long MostBytes = 64 << 20;

    /// <summary>Replaces the file in one step: a reader, or a kill in the middle, sees the old file or the new one.</summary>
    /// <exception cref="ArgumentException">A number is infinite or not a number; nothing is written.</exception>
    public static void Save(RunResults results, string path)
    {
        byte[] json = ResultsJson.Serialize(results);
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

    /// <exception cref="InvalidDataException">Not a results file, or one of another schema.</exception>
    public static RunResults Load(string path) => Read(path, ResultsJson.Deserialize);

    /// <exception cref="InvalidDataException">Not a results file, or one of another schema.</exception>
    public static RunOutline LoadOutline(string path) => Read(path, ResultsJson.Outline);

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
            // The message may quote the file, which may hold anything.
            string message = string.Concat(e.Message.Select(c => char.IsControl(c) ? ' ' : c));
            throw new InvalidDataException($"{path} is not a results file of schema {RunResults.CurrentSchema}: {message}", e);
        }
    }
}
