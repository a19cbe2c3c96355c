namespace UniBench.Measure;

/// <summary>What the histograms of one case say.</summary>
/// <param name="Rounds">Rounds that counted anything.</param>
/// <param name="Operations">Over all of them.</param>
/// <param name="Max">Lower bound of the highest bucket that was filled.</param>
/// <param name="Quantiles">Those that have enough operations beyond them, ascending.</param>
public sealed record LatencySummary(int Rounds, long Operations, long Max, IReadOnlyList<LatencyQuantile> Quantiles)
{
    public LatencyQuantile? Of(string name) => Quantiles.FirstOrDefault(q => q.Name == name);
}
