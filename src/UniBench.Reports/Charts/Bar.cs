namespace UniBench.Reports.Charts;

/// <summary>A value with the interval around it, in the chart's unit.</summary>
internal readonly record struct Bar(string Label, SeriesStyle Style, double Value, double Low, double High);
