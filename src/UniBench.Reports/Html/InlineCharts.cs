using Markdig.Renderers;
using Markdig.Renderers.Html.Inlines;
using Markdig.Syntax.Inlines;
using UniBench.Reports.Charts;

namespace UniBench.Reports.Html;

/// <summary>Draws a chart in place of the image that refers to its file; links stay links.</summary>
internal sealed class InlineCharts(IEnumerable<Chart> charts) : LinkInlineRenderer
{
    private readonly Dictionary<string, Chart> byLink = charts.ToDictionary(c => $"{ChartSet.Folder}/{c.File}");

    protected override void Write(HtmlRenderer renderer, LinkInline link)
    {
        if (!link.IsImage)
        {
            base.Write(renderer, link);
            return;
        }

        renderer.Write("<span class=\"chart\">").Write(byLink[link.Url!].Draw().TrimEnd()).Write("</span>");
    }
}
