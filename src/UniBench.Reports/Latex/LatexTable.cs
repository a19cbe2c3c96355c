using System.Globalization;
using System.Text;
using UniBench.Reports.Model;

namespace UniBench.Reports.Latex;

/// <summary>A booktabs table: a float, or over several pages where it must be. Columns of long texts share the width that the others leave.</summary>
internal static class LatexTable
{
    /// <summary>Characters of \footnotesize in a usual line.</summary>
    private const int Line = 88;

    /// <summary>Characters of \scriptsize in it.</summary>
    private const int SmallLine = 94;

    /// <summary>A column of long texts that would get fewer characters is set smaller.</summary>
    private const int Narrow = 20;

    /// <summary>Texts longer than this wrap.</summary>
    private const int Short = 26;

    /// <summary>Longer tables do not fit on a page.</summary>
    private const int Page = 50;

    /// <param name="caption">LaTeX already.</param>
    public static string Render(TextTable table, string caption, string label)
    {
        StringBuilder text = new();
        string head = string.Join(" & ", table.Titles.Select(LatexText.Caption)) + " \\\\";
        string named = $"\\caption{{{caption}}}\\label{{tab:\\ubPrefix {label}}}";
        bool fits = table.Rows.Count <= Page;
        text.Append(CultureInfo.InvariantCulture, $"{(fits ? $"\\begin{{table}}[htbp]\n\\centering\n{named}\\par\\smallskip\n" : "\\clearpage\n{")}\\{(IsSmall(table) ? "scriptsize" : "footnotesize")}\\setlength{{\\tabcolsep}}{{4pt}}%\n");
        text.Append(CultureInfo.InvariantCulture, $"\\begin{{{(fits ? "tabular" : "longtable")}}}{{@{{}}{Columns(table)}@{{}}}}\n");
        if (!fits)
        {
            text.Append(CultureInfo.InvariantCulture, $"{named}\\\\\n\\toprule\n{head}\n\\midrule\n\\endfirsthead\n\\toprule\n{head}\n\\midrule\n\\endhead\n\\bottomrule\n\\endfoot\n");
        }

        text.Append(fits ? $"\\toprule\n{head}\n\\midrule\n{Body(table)}\\bottomrule\n\\end{{tabular}}\n\\end{{table}}\n" : $"{Body(table)}\\end{{longtable}}}}\n");
        return text.ToString();
    }

    private static string Body(TextTable table)
    {
        StringBuilder text = new();
        bool isFirst = true;
        bool isGrouped = table.Rows.Any(r => r[0].Length == 0);
        bool[] wraps = Wraps(table);
        foreach (IReadOnlyList<string> row in table.Rows)
        {
            if (!isFirst && isGrouped && row[0].Length > 0)
            {
                text.Append("\\addlinespace\n");
            }

            // What is wide is wrapped: names without spaces then need places to break.
            text.AppendJoin(" & ", row.Select((cell, i) => wraps[i] ? LatexText.Breakable(cell) : LatexText.Caption(cell))).Append(" \\\\\n");
            isFirst = false;
        }

        return text.ToString();
    }

    private static int[] Widths(TextTable table) =>
        [.. table.Titles.Select((title, i) => table.Rows.Select(r => r[i].Length).Append(title.Length).Max())];

    /// <summary>Too many numbers, which do not wrap, are set smaller, and so are texts that they leave no room.</summary>
    private static bool IsSmall(TextTable table)
    {
        int wide = Wraps(table).Count(w => w);
        return wide == 0 ? Widths(table).Sum() + (2 * table.Titles.Count) > Line : Free(table, Line) < wide * Narrow;
    }

    /// <summary>Characters of a line that are left for columns of long texts.</summary>
    private static int Free(TextTable table, int line)
    {
        int[] widths = Widths(table);
        bool[] wraps = Wraps(table);
        return line - (2 * widths.Length) - Enumerable.Range(0, widths.Length).Where(i => !wraps[i]).Sum(i => widths[i]);
    }

    /// <summary>Columns of long texts, where not all fits on a line.</summary>
    private static bool[] Wraps(TextTable table)
    {
        int[] widths = Widths(table);
        bool fits = widths.Sum() + (2 * widths.Length) <= Line;
        return [.. widths.Select((w, i) => !fits && !table.IsNumber[i] && w > Short)];
    }

    private static string Columns(TextTable table)
    {
        int[] widths = Widths(table);
        bool[] wraps = Wraps(table);
        int line = IsSmall(table) ? SmallLine : Line;
        double wide = Enumerable.Range(0, widths.Length).Where(i => wraps[i]).Sum(i => Math.Min(widths[i], 80));
        return string.Concat(Enumerable.Range(0, widths.Length).Select(i => wraps[i]
            ? string.Create(CultureInfo.InvariantCulture, $">{{\\raggedright\\arraybackslash}}p{{{Math.Max(0.12, Math.Max(Free(table, line), 20) / (double)line * Math.Min(widths[i], 80) / wide):0.###}\\linewidth}}")
            : table.IsNumber[i] ? "r" : "l"));
    }
}
