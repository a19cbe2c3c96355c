using System.Net;
using Markdig;
using Markdig.Renderers;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;
using UniBench.Reports.Charts;

namespace UniBench.Reports;

/// <summary>report.html: the Markdown rendered into one file with its charts inside, for light and dark screens.</summary>
internal static class HtmlReport
{
    private const string Style = """
        :root { color-scheme: light dark; --ink: #1f2328; --paper: #ffffff; --line: #d1d9e0; --soft: #f6f8fa; --link: #0969da; }
        @media (prefers-color-scheme: dark) { :root { --ink: #e6edf3; --paper: #0d1117; --line: #3d444d; --soft: #151b23; --link: #4493f8; } }
        body { font: 16px/1.5 system-ui, "Helvetica Neue", Arial, sans-serif; color: var(--ink); background: var(--paper); max-width: 72rem; margin: 2rem auto; padding: 0 1rem; }
        table { border-collapse: collapse; display: block; overflow-x: auto; font-variant-numeric: tabular-nums; }
        th, td { border: 1px solid var(--line); padding: .3rem .7rem; }
        td { white-space: nowrap; } td:last-child { white-space: normal; } tr:nth-child(even) td { background: var(--soft); }
        pre { background: var(--soft); padding: .8rem; overflow-x: auto; } code { background: var(--soft); } a { color: var(--link); }
        img { max-width: 100%; height: auto; border-radius: 6px; }
        """;

    /// <summary>The extensions that GitHub has too; raw HTML is text.</summary>
    public static MarkdownPipeline Pipeline { get; } =
        new MarkdownPipelineBuilder().UsePipeTables().UseAutoIdentifiers().DisableHtml().Build();

    public static string Render(string title, string markdown, IReadOnlyList<Chart> charts)
    {
        MarkdownDocument document = Markdig.Markdown.Parse(markdown, Pipeline);
        Dictionary<string, Chart> byLink = charts.ToDictionary(c => $"{ChartSet.Folder}/{c.File}");
        foreach (LinkInline image in document.Descendants<LinkInline>().Where(l => l.IsImage))
        {
            image.Url = "data:image/svg+xml;base64," + Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(byLink[image.Url!].Svg));
        }

        using var writer = new StringWriter { NewLine = "\n" };
        var renderer = new HtmlRenderer(writer);
        Pipeline.Setup(renderer);
        renderer.Render(document);
        return $"<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width\">\n"
            + $"<title>{WebUtility.HtmlEncode(title)}</title>\n<style>\n{Style}\n</style>\n</head>\n<body>\n{writer}</body>\n</html>\n";
    }
}
