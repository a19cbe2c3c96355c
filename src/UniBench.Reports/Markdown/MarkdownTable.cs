using System.Text;

namespace UniBench.Reports.Markdown;

/// <summary>A pipe table whose rows all have the header's number of cells. Cells are escaped here.</summary>
internal sealed class MarkdownTable
{
    private readonly StringBuilder _text = new();
    private readonly int _columns;

    /// <param name="header">A title starting with <c>&gt;</c> makes a right-aligned column.</param>
    public MarkdownTable(IReadOnlyList<string> header)
    {
        _columns = header.Count;
        Row([.. header.Select(h => h.TrimStart('>'))]);
        _text.Append('|').AppendJoin('|', header.Select(h => h.StartsWith('>') ? " ---: " : " --- ")).Append("|\n");
    }

    /// <exception cref="ArgumentException">The row has more or fewer cells than the header.</exception>
    public void Row(IReadOnlyList<string> cells)
    {
        if (cells.Count != _columns)
        {
            throw new ArgumentException($"a row of {cells.Count} cells in a table of {_columns} columns", nameof(cells));
        }

        _text.Append("| ").AppendJoin(" | ", cells.Select(MarkdownText.Escape)).Append(" |\n");
    }

    public override string ToString() => _text.ToString();
}
