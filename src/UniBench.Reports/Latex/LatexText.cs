using System.Globalization;
using System.Text;

namespace UniBench.Reports.Latex;

/// <summary>Text that means itself to TeX, with any engine: no command, no ligature, no character that a font lacks by accident.</summary>
internal static class LatexText
{
    public static string Escape(string text)
    {
        StringBuilder escaped = new(text.Length);
        char previous = ' ';
        foreach (char c in text.ReplaceLineEndings(" "))
        {
            escaped.Append(c switch
            {
                '\\' => "\\textbackslash{}",
                '{' or '}' or '$' or '&' or '#' or '_' or '%' => $"\\{c}",
                '~' => "\\textasciitilde{}",
                '^' => "\\textasciicircum{}",
                '<' => "\\textless{}",
                '>' => "\\textgreater{}",
                '|' => "\\textbar{}",
                '"' => "\\textquotedbl{}",
                '`' => "\\textasciigrave{}",
                '\'' => "\\textquotesingle{}",
                '-' when previous == '-' => "{}-",
                ',' when previous == ',' => "{},",
                '?' or '!' => $"{c}{{}}",
                _ when char.IsControl(c) => "?",
                _ => c.ToString(),
            });
            previous = c;
        }

        return escaped.ToString();
    }

    /// <summary>A sentence with code between backticks.</summary>
    public static string Rich(string sentence) =>
        string.Concat(sentence.Split('`').Select((part, i) => i % 2 == 0 ? Escape(part) : Code(part)));

    /// <summary>Names, paths and hashes: in a typewriter font, and broken where they may be.</summary>
    public static string Code(string text) => $"\\texttt{{{Breakable(text)}}}";

    /// <summary>May be broken after the marks inside a long name, never inside a number.</summary>
    public static string Breakable(string text)
    {
        StringBuilder broken = new(text.Length);
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            bool inNumber = c is ('.' or ',') && i + 1 < text.Length && char.IsAsciiDigit(text[i + 1]);
            broken.Append(Escape(c.ToString())).Append(
                c is '_' or '-' ? "{}\\allowbreak{}"
                : !inNumber && c is ('/' or ',' or '}' or '=' or '.' or ':') ? "\\allowbreak{}"
                : "");
        }

        return broken.ToString();
    }

    /// <summary>A number in text or in a formula; TeX would set a space behind a decimal comma there.</summary>
    public static string Number(string number) => number.Replace(",", "{,}", StringComparison.Ordinal);

    public static string Plain(double value) => value.ToString("G9", CultureInfo.InvariantCulture);
}
