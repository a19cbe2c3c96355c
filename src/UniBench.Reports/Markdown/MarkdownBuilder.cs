using System.Globalization;
using System.Text;
using UniBench.Reports.Charts;
using UniBench.Reports.Languages;
using UniBench.Reports.Model;

namespace UniBench.Reports.Markdown;

/// <summary>Blocks of Markdown, an empty line between them.</summary>
internal sealed class MarkdownBuilder
{
    /// <summary>Rows of a table that are shown at once.</summary>
    private const int Unfolded = 20;

    private readonly StringBuilder text = new();

    public void Heading(int level, string literal) => Raw($"{new string('#', level)} {MarkdownText.Escape(literal)}");

    /// <summary>A sentence of ours, with code between backticks.</summary>
    public void Paragraph(string sentence) => Raw(MarkdownText.Rich(sentence));

    public void Literal(string literal) => Raw(MarkdownText.Escape(literal));

    public void Strong(string literal) => Raw($"**{MarkdownText.Escape(literal)}**");

    /// <param name="lines">Markdown already.</param>
    public void Bullets(IEnumerable<string> lines) => Raw(string.Join('\n', lines.Select(l => $"- {l}")));

    /// <summary>Long ones are folded: what a reader came for is not a screen further down because of them.</summary>
    public void Table(TextTable table, Language language)
    {
        string rows = MarkdownTable.Render(table).TrimEnd('\n');
        Raw(table.Rows.Count <= Unfolded ? rows : $"<details>\n<summary>{MarkdownText.Escape(language.RowCount(table.Rows.Count))}</summary>\n\n{rows}\n\n</details>");
    }

    public void Code(string line) => Raw($"```sh\n{line.ReplaceLineEndings(" ")}\n```");

    public void Charts(IEnumerable<Chart> charts)
    {
        foreach (Chart chart in charts)
        {
            Raw($"![{MarkdownText.Escape(chart.Caption)}]({ChartSet.Folder}/{chart.File})");
        }
    }

    public void Raw(string markdown) => text.Append(CultureInfo.InvariantCulture, $"{(text.Length == 0 ? "" : "\n")}{markdown}\n");

    public override string ToString() => text.ToString();
}
