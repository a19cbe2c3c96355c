using System.Text;

namespace UniBench.Reports.Markdown;

/// <summary>Text that means itself on GitHub: no markup, no HTML, no cell separator inside it.</summary>
internal static class MarkdownText
{
    public static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length);
        char previous = ' ';
        foreach (char c in text.ReplaceLineEndings(" "))
        {
            escaped.Append(c switch
            {
                '|' => "&#124;",
                '<' => "&lt;",
                '>' => "&gt;",
                '&' => "&amp;",
                '*' or '`' or '[' or ']' or '\\' => $"\\{c}",
                '_' when !char.IsAsciiLetterOrDigit(previous) => "\\_",
                '~' when previous == '~' => "\\~",
                _ => c.ToString(),
            });
            previous = c;
        }

        return escaped.ToString();
    }

    /// <summary>Text in a code span; separators and backticks cannot be written there and are replaced.</summary>
    public static string Code(string text) => $"`{text.ReplaceLineEndings(" ").Replace('`', '\'').Replace('|', '/')}`";
}
