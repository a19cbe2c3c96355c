using System.Text.Json;
using UniBench.Measure;

namespace UniBench.Reports;

/// <summary>results.json: the one file that holds everything; see docs/results.md.</summary>
public static class ResultsFile
{
    public const string Name = "results.json";

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

    private static T Read<T>(string path, Func<ReadOnlySpan<byte>, T> deserialize)
    {
        try
        {
            return deserialize(File.ReadAllBytes(path));
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"{path} is not a results file of schema {RunResults.CurrentSchema}: {e.Message}", e);
        }
    }
}
