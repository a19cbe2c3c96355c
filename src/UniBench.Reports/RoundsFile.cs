using System.Text;
using System.Text.Json;
using UniBench.Measure;

namespace UniBench.Reports;

/// <summary>rounds.jsonl: a line for each launch of a run, appended as the launch ends and never changed; see docs/results.md.</summary>
public sealed class RoundsFile : IDisposable
{
    public const string Name = "rounds.jsonl";

    /// <summary>Larger ones are refused: reading all of it would take minutes and gigabytes.</summary>
    public const long MostBytes = 1L << 30;

    /// <summary>No launch's line comes near.</summary>
    private const int MostOfLine = 64 << 20;

    private readonly FileStream stream;

    private RoundsFile(FileStream stream) => this.stream = stream;

    /// <summary>Begins a file; what was there before is replaced in one step.</summary>
    /// <param name="earlier">Launches that the run has made already.</param>
    public static RoundsFile Create(string path, IEnumerable<RoundRecord> earlier)
    {
        ArgumentNullException.ThrowIfNull(earlier);
        string temporary = path + ".tmp";
        FileStream stream = new(temporary, FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 0);
        try
        {
            foreach (RoundRecord record in earlier)
            {
                stream.Write(Line(record));
            }

            stream.Flush(flushToDisk: true);
            File.Move(temporary, path, overwrite: true);
            return new RoundsFile(stream);
        }
        catch (IOException)
        {
            stream.Dispose();
            File.Delete(temporary);
            throw;
        }
    }

    /// <summary>Writes a launch down. A killed unibench leaves it; a disk that is full leaves nothing of it.</summary>
    public void Add(RoundRecord record)
    {
        long end = stream.Length;
        try
        {
            stream.Write(Line(record));
        }
        catch (IOException)
        {
            stream.SetLength(end);
            throw;
        }
    }

    /// <summary>To the disk.</summary>
    public void Sync() => stream.Flush(flushToDisk: true);

    public void Dispose() => stream.Dispose();

    /// <summary>All launches in the order in which they were made; of a launch with several lines the last one counts.</summary>
    /// <exception cref="InvalidDataException">A line is no launch. What has no end is none: unibench was killed while it wrote that.</exception>
    public static IReadOnlyList<RoundRecord> Load(string path)
    {
        List<RoundRecord> records = [];
        Dictionary<(string, int), int> places = [];
        foreach (RoundRecord record in Lines(path, ResultsJson.Round))
        {
            if (!places.TryAdd((record.CaseId, record.Round), records.Count))
            {
                records[places[(record.CaseId, record.Round)]] = record;
                continue;
            }

            records.Add(record);
        }

        return records;
    }

    /// <param name="read">What a line holds; throws <see cref="JsonException"/>.</param>
    internal static IEnumerable<T> Lines<T>(string path, Func<ReadOnlyMemory<byte>, T> read)
    {
        using FileStream file = File.OpenRead(path);
        if (file.Length > MostBytes)
        {
            throw new InvalidDataException($"{path} is larger than any run's launches: at most {MostBytes >> 20} MB are read");
        }

        byte[] buffer = new byte[1 << 16];
        int from = 0, to = 0, number = 1;
        while (true)
        {
            int end = buffer.AsSpan(from, to - from).IndexOf((byte)'\n');
            if (end >= 0)
            {
                yield return Parsed(path, number++, buffer.AsMemory(from, end), read);
                from += end + 1;
                continue;
            }

            buffer.AsSpan(from, to - from).CopyTo(buffer);
            (from, to) = (0, to - from);
            if (to == buffer.Length)
            {
                if (to >= MostOfLine)
                {
                    throw new InvalidDataException(FormattableString.Invariant($"{path}, line {number} is longer than any launch: at most {MostOfLine >> 20} MB are read"));
                }

                Array.Resize(ref buffer, to * 2);
            }

            int got = file.Read(buffer, to, buffer.Length - to);
            if (got == 0)
            {
                yield break;
            }

            to += got;
        }
    }

    private static T Parsed<T>(string path, int number, ReadOnlyMemory<byte> line, Func<ReadOnlyMemory<byte>, T> read)
    {
        try
        {
            return read(line);
        }
        catch (JsonException e)
        {
            throw new InvalidDataException(FormattableString.Invariant($"{path}, line {number} is no launch: {ResultsFile.Printable(e.Message)}"), e);
        }
    }

    private static byte[] Line(RoundRecord record) => Encoding.UTF8.GetBytes(ResultsJson.Round(record) + "\n");
}
