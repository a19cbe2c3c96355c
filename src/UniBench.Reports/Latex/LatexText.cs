using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace UniBench.Reports.Latex;

/// <summary>Text that means itself to TeX, with any engine: no command, no ligature, no character that a font lacks by accident.</summary>
internal static partial class LatexText
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
                _ when char.IsControl(c) || char.IsSurrogate(c) => "?",
                _ when !IsLetterOrUsual(c) => $"\\ubChar{{{(int)c:X4}}}",
                _ => c.ToString(),
            });
            previous = c;
        }

        return escaped.ToString();
    }

    /// <summary>Characters that fonts for European languages have; others are left to the engine, and pdfTeX prints their number.</summary>
    private static bool IsLetterOrUsual(char c) =>
        c < '\u0180' || c is (>= '\u0370' and < '\u0400') or (>= '\u1f00' and < '\u2000') or '\u2013' or '\u2014' or '\u2018' or '\u2019' or '\u201c' or '\u201d' or '\u2026' or '\u20ac';

    /// <summary>Titles, captions and sentences of ours: as <see cref="Escape"/>, and the unit us is a microsecond.</summary>
    public static string Caption(string text) => Escape(Microseconds().Replace(text, "µs"));

    /// <summary>A sentence with code between backticks.</summary>
    public static string Rich(string sentence) =>
        string.Concat(sentence.Split('`').Select((part, i) => i % 2 == 0 ? Escape(part) : Code(part)));

    /// <summary>Names, paths and hashes: in a typewriter font, and broken where they may be.</summary>
    public static string Code(string text) => $"\\texttt{{{Breakable(text)}}}";

    /// <summary>May be broken after the marks inside a long name and inside a hash, never inside a number.</summary>
    public static string Breakable(string text)
    {
        StringBuilder broken = new(text.Length);
        bool isHash = text.Length >= 40 && text.All(char.IsAsciiHexDigitLower);
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            bool inNumber = c is ('.' or ',') && i + 1 < text.Length && char.IsAsciiDigit(text[i + 1]);
            broken.Append(Escape(c.ToString())).Append(
                c is '_' or '-' ? "{}\\allowbreak{}"
                : isHash && i % 16 == 15 ? "\\allowbreak{}"
                : !inNumber && c is ('/' or ',' or '}' or '=' or '.' or ':') ? "\\allowbreak{}"
                : "");
        }

        return broken.ToString();
    }

    /// <summary>A number in text or in a formula; TeX would set a space behind a decimal comma there.</summary>
    public static string Number(string number) => number.Replace(",", "{,}", StringComparison.Ordinal);

    public static string Plain(double value) => value.ToString("G9", CultureInfo.InvariantCulture);

    /// <summary>The unit where our words put one: behind a number, behind a comma, in "in us".</summary>
    [GeneratedRegex(@"(?<=\d |, |\] | in | σε |^)us(?=$|[ ,.;:)\]])")]
    private static partial Regex Microseconds();
}
