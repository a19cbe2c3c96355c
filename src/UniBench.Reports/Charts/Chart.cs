using UniBench.Reports.Languages;

namespace UniBench.Reports.Charts;

/// <summary>What a chart shows, in numbers; drawn as SVG here, as pgfplots by the LaTeX writer.</summary>
/// <param name="Slug">A name for files.</param>
/// <param name="Caption">What it shows, in a sentence.</param>
internal abstract record Chart(string Slug, string Title, string Caption, Language Language)
{
    public string File => $"{Slug}.svg";

    public string Draw() => Compose().ToString();

    internal abstract Svg Compose();

    protected string Scaled(string title, bool isLog) => isLog ? $"{title} ({Language.LogScale})" : title;

    protected string Label(double tick) => Language.Localised(Axis.Label(tick));
}
