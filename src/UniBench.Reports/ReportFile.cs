namespace UniBench.Reports;

/// <summary>One rendered file.</summary>
/// <param name="Name">Relative to the report's directory, with forward slashes.</param>
public sealed record ReportFile(string Name, string Text);
