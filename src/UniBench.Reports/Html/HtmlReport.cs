using System.Net;
using System.Text.RegularExpressions;
using Markdig;
using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Renderers.Html.Inlines;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;
using UniBench.Reports.Charts;
using UniBench.Reports.Languages;

namespace UniBench.Reports.Html;

/// <summary>report.html: the Markdown rendered into one file that refers to nothing outside but the raw results; charts are drawn inside it.</summary>
internal static partial class HtmlReport
{
    public const string FileName = "report.html";

    /// <summary>The extensions that GitHub has too; raw HTML is text.</summary>
    public static MarkdownPipeline Pipeline { get; } =
        new MarkdownPipelineBuilder().UsePipeTables().UseAutoIdentifiers().DisableHtml().Build();

    public static string Page(string title, Language language, string markdown, IEnumerable<Chart> charts)
    {
        Chart[] drawn = [.. charts];
        MarkdownDocument document = Markdig.Markdown.Parse(markdown, Pipeline);
        using StringWriter writer = new() { NewLine = "\n" };
        HtmlRenderer renderer = new(writer);
        Pipeline.Setup(renderer);
        renderer.ObjectRenderers.Replace<LinkInlineRenderer>(new InlineCharts(drawn));
        renderer.Render(document);
        string body = Fold().Replace(writer.ToString(), "<details>\n<summary>$1</summary>\n$2\n</details>");
        string[] contents = [.. document.Descendants<HeadingBlock>().Where(h => h.Level == 2).Select(h => $"<li><a href=\"#{h.GetAttributes().Id}\">{Text(h)}</a></li>\n")];
        return $"<!doctype html>\n<html lang=\"{language.Code}\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width\">\n"
            + $"<title>{WebUtility.HtmlEncode(title)}</title>\n<style>\n{PageStyle.Of(drawn.SelectMany(c => c.Compose().Paints))}\n</style>\n</head>\n<body>\n<nav><ul>\n{string.Concat(contents)}</ul></nav>\n{body}<script>\n{TableSorting.Script}\n</script>\n</body>\n</html>\n";
    }

    /// <summary>The one piece of HTML in the Markdown, which the pipeline has escaped like any other.</summary>
    [GeneratedRegex("<p>&lt;details&gt;\n&lt;summary&gt;([^<]*)&lt;/summary&gt;</p>\n(<table>.*?</table>)\n<p>&lt;/details&gt;</p>", RegexOptions.Singleline)]
    private static partial Regex Fold();

    private static string Text(HeadingBlock heading) => WebUtility.HtmlEncode(string.Concat(heading.Inline!.Descendants().Select(i => i switch
    {
        LiteralInline literal => literal.Content.ToString(),
        HtmlEntityInline entity => entity.Transcoded.ToString(),
        CodeInline code => code.Content,
        _ => "",
    })));
}
