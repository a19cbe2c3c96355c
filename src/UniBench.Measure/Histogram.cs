namespace UniBench.Measure;

/// <summary>Latencies of one launch as the program counted them.</summary>
/// <param name="Unit">Unit of the bucket bounds.</param>
/// <param name="Buckets">Lower bounds, ascending, with the number of values in each.</param>
public sealed record Histogram(string Unit, IReadOnlyList<HistogramBucket> Buckets);
