namespace UniBench.Reports.Model;

/// <summary>A table of finished texts; a writer only has to escape and to lay it out. Every row has the header's number of cells.</summary>
internal sealed class TextTable
{
    private readonly List<IReadOnlyList<string>> rows = [];

    /// <param name="header">A title starting with <c>&gt;</c> makes a right-aligned column.</param>
    public TextTable(IReadOnlyList<string> header)
    {
        Titles = [.. header.Select(h => h.TrimStart('>'))];
        IsNumber = [.. header.Select(h => h.StartsWith('>'))];
    }

    public IReadOnlyList<string> Titles { get; }

    public IReadOnlyList<bool> IsNumber { get; }

    public IReadOnlyList<IReadOnlyList<string>> Rows => rows;

    /// <exception cref="ArgumentException">The row has more or fewer cells than the header.</exception>
    public void Row(IReadOnlyList<string> cells)
    {
        if (cells.Count != Titles.Count)
        {
            throw new ArgumentException($"a row of {cells.Count} cells in a table of {Titles.Count} columns", nameof(cells));
        }

        rows.Add(cells);
    }
}
