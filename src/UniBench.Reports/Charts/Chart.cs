namespace UniBench.Reports.Charts;

/// <summary>A drawn chart: file name beside the report, what it shows, the SVG.</summary>
internal sealed record Chart(string File, string Caption, string Svg);
