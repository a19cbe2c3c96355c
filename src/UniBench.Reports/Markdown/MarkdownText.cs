using System.Text;

namespace UniBench.Reports.Markdown;

/// <summary>Text that means itself on GitHub: no markup, no HTML, no cell separator inside it.</summary>
internal static class MarkdownText
{
    /// <summary>A sentence with code between backticks.</summary>
    public static string Rich(string sentence) =>
        string.Concat(sentence.Split('`').Select((part, i) => i % 2 == 0 ? Escape(part) : $"`{part}`"));

    /// <summary>The target of a link.</summary>
    public static string Link(string path) => string.Join('/', path.Split('/').Select(Uri.EscapeDataString));

    public static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length);
        string line = text.ReplaceLineEndings(" ");
        char previous = ' ';
        for (int i = 0; i < line.Length; i++)
        {
            char c = line[i];
            char next = i + 1 < line.Length ? line[i + 1] : ' ';
            escaped.Append(c switch
            {
                '|' => "&#124;",
                '<' => "&lt;",
                '>' => "&gt;",
                '&' => "&amp;",
                '*' or '`' or '\\' => $"\\{c}",

                // Brackets alone are text, and intervals are full of them; only these make a link.
                ']' when next is '(' or '[' or ':' => "\\]",
                '_' when !char.IsAsciiLetterOrDigit(previous) => "\\_",
                '~' when previous == '~' => "\\~",
                _ => c.ToString(),
            });
            previous = c;
        }

        return escaped.ToString();
    }
}
