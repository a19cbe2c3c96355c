using System.Globalization;
using System.Text;
using UniBench.Reports.Charts;
using UniBench.Reports.Model;

namespace UniBench.Reports.Latex;

/// <summary>The files of a LaTeX report: each piece on its own, and one that inputs them in order.</summary>
internal sealed class LatexPieces
{
    private readonly StringBuilder whole = new();
    private readonly List<ReportFile> files = [];
    private readonly HashSet<string> names = [];

    public void Section(string title) => whole.Append(CultureInfo.InvariantCulture, $"\\section{{{LatexText.Escape(title)}}}\n");

    public void Subsection(string title) => whole.Append(CultureInfo.InvariantCulture, $"\\subsection{{{LatexText.Escape(title)}}}\n");

    /// <param name="latex">LaTeX already.</param>
    public void Text(string latex) => whole.Append(latex);

    public void Add(string name, string latex)
    {
        files.Add(new ReportFile($"{LatexReport.Folder}/{name}.tex", latex));
        Input(name);
    }

    public void Table(string slug, TextTable table, string caption)
    {
        string name = NameOf("table-", slug);
        Add($"table-{name}", LatexTable.Render(table, caption, name));
    }

    public void Figures(IEnumerable<Chart> charts)
    {
        foreach (Chart chart in charts)
        {
            string name = NameOf("figure-", chart.Slug);
            files.AddRange(LatexFigure.Render(chart, name).Select(f => f with { Name = $"{LatexReport.Folder}/{f.Name}" }));
            Input($"figure-{name}");
        }
    }

    /// <summary>A list; nothing for no items, which LaTeX refuses.</summary>
    public static string Items(IEnumerable<string> items)
    {
        string[] all = [.. items];
        return all.Length == 0 ? "" : $"\\begin{{itemize}}\\sloppy\n{string.Concat(all.Select(i => $"\\item {i}\n"))}\\end{{itemize}}\n";
    }

    public IReadOnlyList<ReportFile> Files() =>
        
    [
        new(LatexReport.FileName, $"% Needs \\input{{\\ubDir/{Preamble.FileName}}} in the preamble; \\ubDir is where these files are.\n{whole}"),
        .. files,
        new($"{LatexReport.Folder}/{Preamble.FileName}", Preamble.Text),
    ];

    private void Input(string name) => whole.Append(CultureInfo.InvariantCulture, $"\\input{{\\ubDir/{name}.tex}}\n");

    /// <summary>Letters, digits and hyphens, which are safe in file names and labels; told apart by a number if need be.</summary>
    private string NameOf(string kind, string slug)
    {
        string name = string.Concat(slug.Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-'));
        string free = name;
        for (int i = 2; !names.Add(kind + free); i++)
        {
            free = string.Create(CultureInfo.InvariantCulture, $"{name}-{i}");
        }

        return free;
    }
}
