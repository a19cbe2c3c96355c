using UniBench.Reports.Charts;

namespace UniBench.Reports.Html;

/// <summary>
/// Light and dark. Charts carry colours for white paper as attributes; here their classes get colours of the page, in the dark lighter
/// ones of the same hues.
/// </summary>
internal static class PageStyle
{
    private const string Css = """
        :root { color-scheme: light dark; --ink: #1f2328; --paper: #ffffff; --line: #d1d9e0; --soft: #f6f8fa; --link: #0969da; --muted: #59636e;
          --whisker: #8c959f; --step: #cf222e; }
        @media (prefers-color-scheme: dark) { :root { --ink: #e6edf3; --paper: #0d1117; --line: #3d444d; --soft: #151b23; --link: #4493f8; --muted: #9198a1;
          --whisker: #9198a1; --step: #ff7b72; } }
        body { font: 16px/1.5 system-ui, "Helvetica Neue", Arial, sans-serif; color: var(--ink); background: var(--paper); max-width: 96rem; margin: 2rem auto; padding: 0 1rem; }
        p, li { max-width: 60rem; overflow-wrap: anywhere; } p:has(.chart) { max-width: 100%; display: inline-block; vertical-align: top; margin: .5rem .5rem .5rem 0; }
        nav ul { columns: 18rem; padding-left: 1.2rem; }
        table { border-collapse: collapse; display: block; overflow-x: auto; font-variant-numeric: tabular-nums; font-size: .8125rem; }
        th, td { border: 1px solid var(--line); padding: .3rem .7rem; }
        td { white-space: nowrap; } td:last-child { white-space: normal; } tr:nth-child(even) td { background: var(--soft); }
        th button { font: inherit; font-weight: bold; color: inherit; background: none; border: 0; padding: 0; cursor: pointer; text-align: inherit; }
        th button::after { content: "\a0\2195"; color: var(--muted); font-weight: normal; }
        th[aria-sort=ascending] button::after { content: "\a0\2191"; color: var(--ink); } th[aria-sort=descending] button::after { content: "\a0\2193"; color: var(--ink); }
        pre { background: var(--soft); padding: .8rem; overflow-x: auto; } code { background: var(--soft); } a { color: var(--link); }
        .chart svg { max-width: 100%; height: auto; } .chart text { fill: var(--ink); } .chart .paper { fill: var(--paper); }
        .chart .line.grid { stroke: var(--line); } .chart .line.axis { stroke: var(--muted); } .chart .line.whisker { stroke: var(--whisker); } .chart .line.step { stroke: var(--step); }
        .chart .fill { stroke: var(--paper); }
        @media print { th button::after { content: ""; } }
        """;

    /// <param name="paints">What the page's charts are painted with.</param>
    public static string Of(IEnumerable<Paint> paints) => Css + string.Concat(paints.Where(p => p.Dark.Length > 0).Distinct().OrderBy(p => p.Class, StringComparer.Ordinal).Select(p =>
        $"\n@media (prefers-color-scheme: dark) {{ .chart .line.{p.Class} {{ stroke: {p.Dark}; }} .chart .fill.{p.Class} {{ fill: {p.Dark}; }} }}"));
}
