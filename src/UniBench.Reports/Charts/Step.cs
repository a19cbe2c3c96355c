namespace UniBench.Reports.Charts;

/// <summary>So large a share of the operations, 0 to 1, took this value or less.</summary>
internal readonly record struct Step(double Value, double Share);
