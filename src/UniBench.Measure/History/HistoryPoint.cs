namespace UniBench.Measure.History;

/// <summary>What one run measured.</summary>
public sealed record HistoryPoint(DateTimeOffset Started, string? Commit, Summary Summary);
