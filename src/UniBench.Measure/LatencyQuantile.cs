using UniBench.Measure.Statistics;

namespace UniBench.Measure;

/// <summary>A quantile of the operations of one case.</summary>
/// <param name="Name">As it is spoken of: <c>p99.9</c>.</param>
/// <param name="Share">0..1.</param>
/// <param name="IsPooled">Of all rounds' operations together, with an approximate interval; else the median over rounds of each round's quantile.</param>
public sealed record LatencyQuantile(string Name, double Share, double Value, Interval Interval, bool IsPooled);
