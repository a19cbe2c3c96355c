using System.Collections;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using UniBench.Measure;

namespace UniBench.Reports;

/// <summary>How results become JSON: snake_case, indented, one line for each list of numbers. Unknown members are ignored on reading.</summary>
internal static class ResultsJson
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        AllowDuplicateProperties = false,
        Converters =
        {
            new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false),
            new NumbersOnOneLine(),
            new BucketsOnOneLine(),
        },
    };

    private static readonly JsonSerializerOptions Line = new(Options) { WriteIndented = false };

    /// <summary>A launch's line has nothing in it that says nothing.</summary>
    private static readonly JsonSerializerOptions RoundLine = new(Line)
    {
        TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { LeaveOutEmpty } },
    };

    private static readonly JsonSerializerOptions Summary = new(Options)
    {
        TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { LeaveOutRounds } },
    };

    /// <summary>On one line, without its end.</summary>
    public static string ToLine<T>(T value) => JsonSerializer.Serialize(value, Line);

    /// <exception cref="JsonException">Not valid or incomplete.</exception>
    public static T FromLine<T>(string line) => JsonSerializer.Deserialize<T>(line, Line) ?? throw new JsonException("the line holds null");

    /// <summary>A launch as a line of rounds.jsonl, without its end.</summary>
    public static string Round(RoundRecord record) => JsonSerializer.Serialize(record, RoundLine);

    /// <exception cref="JsonException">Not valid or incomplete.</exception>
    public static RoundRecord Round(ReadOnlyMemory<byte> line)
    {
        ResultsCheck.Tokens(line.Span);
        return JsonSerializer.Deserialize<RoundRecord>(line.Span, RoundLine) ?? throw new JsonException("the line holds null");
    }

    /// <exception cref="JsonException">Not valid or incomplete.</exception>
    public static LaunchTimes.Launch Launch(ReadOnlyMemory<byte> line) =>
        JsonSerializer.Deserialize<LaunchTimes.Launch>(line.Span, RoundLine) ?? throw new JsonException("the line holds null");

    public static byte[] Serialize(RunResults results) =>
        [.. JsonSerializer.SerializeToUtf8Bytes(results, Options), (byte)'\n'];

    /// <summary>Without the launches.</summary>
    public static byte[] SerializeSummary(RunResults results) =>
        [.. JsonSerializer.SerializeToUtf8Bytes(results with { Schema = RunResults.SummarySchema }, Summary), (byte)'\n'];

    /// <exception cref="JsonException">Not valid, incomplete, or of another schema.</exception>
    public static RunResults Deserialize(ReadOnlySpan<byte> json)
    {
        ResultsCheck.Tokens(json);
        return ResultsCheck.Checked(WithYardsticks(Of<RunResults>(json)));
    }

    /// <exception cref="JsonException">Not valid, incomplete, or of another schema.</exception>
    public static LaunchTimes Outline(ReadOnlySpan<byte> json) => Of<LaunchTimes>(json);

    // The schema first: what else a file of another one has is not what this one expects.
    private static T Of<T>(ReadOnlySpan<byte> json)
    {
        string? schema = (JsonSerializer.Deserialize<Head>(json, Options) ?? throw new JsonException("the file holds null")).Schema;
        return schema switch
        {
            RunResults.CurrentSchema => JsonSerializer.Deserialize<T>(json, Options)!,
            RunResults.SummarySchema => JsonSerializer.Deserialize<T>(json, Summary)!,
            _ => throw new JsonException(schema is null ? "it names no schema" : $"its schema is {schema}"),
        };
    }

    /// <summary>Earlier versions did not write a round's yardstick into the round's first launch.</summary>
    private static RunResults WithYardsticks(RunResults results)
    {
        if (results.Rounds is not { } rounds || rounds.Any(r => r.Yardstick is not null))
        {
            return results with { Rounds = results.Rounds ?? [] };
        }

        Dictionary<int, Yardstick> left = results.Yardsticks.GroupBy(y => y.Round).ToDictionary(g => g.Key, g => g.First());
        return results with { Rounds = [.. rounds.Select(r => left.Remove(r.Round, out Yardstick? own) ? r with { Yardstick = own } : r)] };
    }

    private static void LeaveOutRounds(JsonTypeInfo type)
    {
        foreach (JsonPropertyInfo property in type.Properties.Where(p => p.Name == "rounds" && (type.Type == typeof(RunResults) || type.Type == typeof(LaunchTimes))))
        {
            property.IsRequired = false;
            property.ShouldSerialize = (_, _) => false;
        }
    }

    private static void LeaveOutEmpty(JsonTypeInfo type)
    {
        foreach (JsonPropertyInfo property in type.Properties.Where(p => !p.IsRequired))
        {
            property.ShouldSerialize = (_, value) => value is not null && (value is string or not IEnumerable || ((IEnumerable)value).GetEnumerator().MoveNext());
        }
    }

    private sealed record Head(string? Schema);

    private sealed class NumbersOnOneLine : JsonConverter<IReadOnlyList<double>>
    {
        public override IReadOnlyList<double> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            JsonSerializer.Deserialize<double[]>(ref reader) ?? [];

        public override void Write(Utf8JsonWriter writer, IReadOnlyList<double> value, JsonSerializerOptions options) =>
            writer.WriteRawValue(JsonSerializer.SerializeToUtf8Bytes(value.ToArray()));
    }

    private sealed class BucketsOnOneLine : JsonConverter<IReadOnlyList<HistogramBucket>>
    {
        public override IReadOnlyList<HistogramBucket> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            long[][] pairs = JsonSerializer.Deserialize<long[][]>(ref reader) ?? [];
            return pairs.All(p => p.Length == 2)
                ? [.. pairs.Select(p => new HistogramBucket(p[0], p[1]))]
                : throw new JsonException("a histogram bucket is [value, count]");
        }

        public override void Write(Utf8JsonWriter writer, IReadOnlyList<HistogramBucket> value, JsonSerializerOptions options) =>
            writer.WriteRawValue(JsonSerializer.SerializeToUtf8Bytes(value.Select(b => new[] { b.Value, b.Count }).ToArray()));
    }
}
