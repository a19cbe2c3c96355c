using System.Text;

namespace UniBench.Reports;

/// <summary>Rows of cells under each other, for terminals.</summary>
internal static class AlignedText
{
    /// <summary>Appends each row as an indented line. Empty columns are left out.</summary>
    /// <param name="rightAligned">Columns of numbers, which end at the same place; texts begin there.</param>
    public static void Append(StringBuilder text, IReadOnlyList<string[]> rows, IReadOnlyCollection<int> rightAligned)
    {
        int[] widths = [.. Enumerable.Range(0, rows.Count == 0 ? 0 : rows[0].Length).Select(i => rows.Max(r => r[i].Length))];
        foreach (string[] row in rows)
        {
            IEnumerable<string> cells = row.Select((cell, i) => rightAligned.Contains(i) ? cell.PadLeft(widths[i]) : cell.PadRight(widths[i]));
            text.Append("  ").Append(string.Join("  ", cells.Where((_, i) => widths[i] > 0)).TrimEnd()).Append('\n');
        }
    }
}
