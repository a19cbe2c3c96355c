using UniBench.Measure;

namespace UniBench.Reports.Model;

/// <summary>The operations of one case that has the histogram.</summary>
internal sealed record LatencyRow(CaseMetric Case, LatencySummary Summary);
