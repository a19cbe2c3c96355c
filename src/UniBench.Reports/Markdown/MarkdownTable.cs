using System.Text;
using UniBench.Reports.Model;

namespace UniBench.Reports.Markdown;

/// <summary>A pipe table. Cells are escaped here.</summary>
internal static class MarkdownTable
{
    public static string Render(TextTable table)
    {
        var text = new StringBuilder();
        Row(text, table.Titles);
        text.Append('|').AppendJoin('|', table.IsNumber.Select(n => n ? " ---: " : " --- ")).Append("|\n");
        foreach (IReadOnlyList<string> row in table.Rows)
        {
            Row(text, row);
        }

        return text.ToString();
    }

    private static void Row(StringBuilder text, IReadOnlyList<string> cells) =>
        text.Append("| ").AppendJoin(" | ", cells.Select(MarkdownText.Escape)).Append(" |\n");
}
