namespace UniBench.Reports.Charts;

/// <summary>Bars that are compared with each other.</summary>
internal sealed record BarGroup(string Label, IReadOnlyList<Bar> Bars);
