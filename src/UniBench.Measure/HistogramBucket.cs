namespace UniBench.Measure;

/// <summary>One bucket: its inclusive lower bound and how many values fell into it.</summary>
public readonly record struct HistogramBucket(long Value, long Count);
