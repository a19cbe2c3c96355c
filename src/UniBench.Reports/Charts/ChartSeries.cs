namespace UniBench.Reports.Charts;

/// <summary>One line of a chart: its points from left to right.</summary>
internal sealed record ChartSeries(string Label, SeriesStyle Style, IReadOnlyList<ChartPoint> Points);
