using UniBench.Measure;

namespace UniBench.Reports;

/// <summary>A run that a report shows.</summary>
/// <param name="Label">Short and unique within the report.</param>
/// <param name="Link">Path of its results.json, relative to the report.</param>
public sealed record ReportRun(string Label, RunResults Results, string Link = ResultsFile.Name);
