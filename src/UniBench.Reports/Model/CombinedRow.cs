using UniBench.Measure;

namespace UniBench.Reports.Model;

/// <summary>A case in several runs; null where a run did not plan it.</summary>
internal sealed record CombinedRow(IReadOnlyDictionary<string, string> Params, string Placement, string Backend, IReadOnlyList<CaseMetric?> Cases);
