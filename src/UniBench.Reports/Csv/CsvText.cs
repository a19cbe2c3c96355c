using System.Text;

namespace UniBench.Reports.Csv;

/// <summary>Lines as RFC 4180 quotes them, ended by a line feed.</summary>
internal sealed class CsvText
{
    private readonly StringBuilder text = new();

    public void Line(IEnumerable<string> fields) => text.AppendJoin(',', fields.Select(Quote)).Append('\n');

    public override string ToString() => text.ToString();

    private static string Quote(string field) =>
        field.AsSpan().ContainsAny(",\"\r\n") ? $"\"{field.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : field;
}
