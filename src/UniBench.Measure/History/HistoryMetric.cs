namespace UniBench.Measure.History;

/// <summary>One metric of one case in a history.</summary>
/// <param name="Samples">One number a round.</param>
public sealed record HistoryMetric(string Id, string Metric, string Unit, Better Better, IReadOnlyList<double> Samples);
