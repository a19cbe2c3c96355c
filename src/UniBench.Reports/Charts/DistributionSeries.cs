namespace UniBench.Reports.Charts;

/// <summary>The operations of one case, counted: values ascending, in the chart's unit.</summary>
/// <param name="Steps">The share of operations at or below each value.</param>
/// <param name="Quantiles">Those that have enough operations beyond them.</param>
internal sealed record DistributionSeries(string Label, SeriesStyle Style, double Count, IReadOnlyList<Step> Steps, IReadOnlyList<Quantile> Quantiles)
{
    /// <summary>The share of operations above the step's value; behind the last, where there is none, that of one operation.</summary>
    public double Beyond(Step step) => Math.Max(1 - step.Share, 1 / Count);
}
