using System.Globalization;
using System.Text;
using UniBench.Measure;

namespace UniBench.Workbench.Running;

/// <summary>Reads the `@sample` and `@hist` lines that programs print; docs/programs.md has the format.</summary>
internal sealed class SampleLines
{
    private readonly Dictionary<string, (string Unit, double Value)> samples = [];
    private readonly Dictionary<string, Histogram> histograms = [];

    public IReadOnlyDictionary<string, (string Unit, double Value)> Samples => samples;

    public IReadOnlyDictionary<string, Histogram> Histograms => histograms;

    /// <exception cref="FormatException">A line begins like one of ours and is not; the message quotes it.</exception>
    public static SampleLines Parse(ReadOnlySpan<byte> output)
    {
        SampleLines lines = new();
        foreach (string line in Encoding.UTF8.GetString(output).Split('\n'))
        {
            string[] words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (words.Length == 0 || words[0] is not ("@sample" or "@hist"))
            {
                continue;
            }

            bool added = words[0] == "@sample"
                ? words.Length == 4 && IsName(words[1]) && Number(words[3]) is { } value && lines.samples.TryAdd(words[1], (words[2], value))
                : words.Length >= 3 && IsName(words[1]) && Buckets(words.AsSpan(3)) is { } buckets && lines.histograms.TryAdd(words[1], new Histogram(words[2], buckets));
            if (!added)
            {
                throw new FormatException($"not a sample line, or its name came twice: '{(line.Length > 100 ? line[..100] + "..." : line)}'");
            }
        }

        return lines;
    }

    private static bool IsName(string word) => word.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '_');

    private static double? Number(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value) ? value : null;

    private static List<HistogramBucket>? Buckets(ReadOnlySpan<string> words)
    {
        List<HistogramBucket> buckets = [];
        foreach (string word in words)
        {
            int colon = word.IndexOf(':', StringComparison.Ordinal);
            if (colon < 0
                || !long.TryParse(word.AsSpan(0, colon), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long value)
                || !long.TryParse(word.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out long count)
                || (buckets.Count > 0 && value <= buckets[^1].Value))
            {
                return null;
            }

            buckets.Add(new HistogramBucket(value, count));
        }

        return buckets;
    }
}
