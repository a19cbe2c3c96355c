namespace UniBench.Reports.Charts;

/// <summary>A value with the interval around it, in the chart's unit.</summary>
internal readonly record struct ChartPoint(double X, string XLabel, double Y, double Low, double High);
