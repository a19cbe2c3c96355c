using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
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

    /// <summary>On one line, without its end.</summary>
    public static string ToLine<T>(T value) => JsonSerializer.Serialize(value, Line);

    /// <exception cref="JsonException">Not valid or incomplete.</exception>
    public static T FromLine<T>(string line) => JsonSerializer.Deserialize<T>(line, Line) ?? throw new JsonException("the line holds null");

    public static byte[] Serialize(RunResults results) =>
        [.. JsonSerializer.SerializeToUtf8Bytes(results, Options), (byte)'\n'];

    /// <exception cref="JsonException">Not valid, incomplete, or of another schema.</exception>
    public static RunResults Deserialize(ReadOnlySpan<byte> json)
    {
        ResultsCheck.Tokens(json);
        return ResultsCheck.Checked(Of<RunResults>(json));
    }

    /// <exception cref="JsonException">Not valid, incomplete, or of another schema.</exception>
    public static RunOutline Outline(ReadOnlySpan<byte> json) => Of<RunOutline>(json);

    // The schema first: what else a file of another one has is not what this one expects.
    private static T Of<T>(ReadOnlySpan<byte> json)
    {
        string? schema = (JsonSerializer.Deserialize<Head>(json, Options) ?? throw new JsonException("the file holds null")).Schema;
        return schema == RunResults.CurrentSchema
            ? JsonSerializer.Deserialize<T>(json, Options)!
            : throw new JsonException(schema is null ? "it names no schema" : $"its schema is {schema}");
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
