namespace UniBench.Reports.Charts;

/// <param name="Name">As one says it: p99.9.</param>
internal readonly record struct Quantile(string Name, double Share, double Value);
