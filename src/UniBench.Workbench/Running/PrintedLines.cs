using System.Globalization;
using System.Text;

namespace UniBench.Workbench.Running;

/// <summary>What a workload printed without the lines that are for UniBench, whose numbers differ from launch to launch.</summary>
/// <param name="Bytes">The other lines with their ends.</param>
internal sealed record PrintedLines(byte[] Bytes)
{
    private const int QuotedCharacters = 60;

    public static PrintedLines Of(byte[] stdout)
    {
        ReadOnlySpan<byte> rest = stdout;
        if (rest.IndexOf("@sample "u8) < 0 && rest.IndexOf("@hist "u8) < 0)
        {
            return new PrintedLines(stdout);
        }

        using MemoryStream kept = new(stdout.Length);
        while (!rest.IsEmpty)
        {
            int end = rest.IndexOf((byte)'\n');
            ReadOnlySpan<byte> line = end < 0 ? rest : rest[..(end + 1)];
            rest = rest[line.Length..];
            if (!line.StartsWith("@sample "u8) && !line.StartsWith("@hist "u8))
            {
                kept.Write(line);
            }
        }

        return new PrintedLines(kept.ToArray());
    }

    /// <returns>How it differs from what is right, for a reader who knows neither; null when it does not.</returns>
    public string? DifferenceFrom(PrintedLines right, string who, string whoIsRight)
    {
        int same = Bytes.AsSpan().CommonPrefixLength(right.Bytes);
        if (same == Bytes.Length && same == right.Bytes.Length)
        {
            return null;
        }

        int start = Bytes.AsSpan(0, same).LastIndexOf((byte)'\n') + 1;
        int line = Bytes.AsSpan(0, start).Count((byte)'\n') + 1;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{who} printed {Bytes.Length} bytes, {whoIsRight} {right.Bytes.Length}; line {line} is the first that differs: {who} {Quote(Bytes, start, same)}, {whoIsRight} {Quote(right.Bytes, start, same)}");
    }

    /// <summary>The part of a line that shows the difference, with what cannot be seen written out.</summary>
    private static string Quote(byte[] output, int start, int difference)
    {
        if (start == output.Length)
        {
            return "nothing";
        }

        int from = Math.Max(start, difference - (QuotedCharacters / 2));
        ReadOnlySpan<byte> line = output.AsSpan(from);
        int end = line.IndexOf((byte)'\n');
        line = end < 0 ? line : line[..(end + 1)];
        bool cut = line.Length > QuotedCharacters;
        StringBuilder text = new(from > start ? "...'" : "'");
        foreach (byte b in cut ? line[..QuotedCharacters] : line)
        {
            text.Append(b switch
            {
                (byte)'\n' => "\\n",
                (byte)'\\' => "\\\\",
                < 32 or > 126 => string.Create(CultureInfo.InvariantCulture, $"\\x{b:x2}"),
                _ => ((char)b).ToString(),
            });
        }

        return text.Append(cut ? "'..." : "'").ToString();
    }
}
