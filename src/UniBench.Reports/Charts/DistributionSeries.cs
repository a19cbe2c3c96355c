namespace UniBench.Reports.Charts;

/// <summary>The operations of one case, counted: values ascending, in the chart's unit.</summary>
/// <param name="Steps">The share of operations at or below each value.</param>
/// <param name="Quantiles">Those that have enough operations beyond them.</param>
internal sealed record DistributionSeries(string Label, SeriesStyle Style, double Count, IReadOnlyList<Step> Steps, IReadOnlyList<Quantile> Quantiles);
