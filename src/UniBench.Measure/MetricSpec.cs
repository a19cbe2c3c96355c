namespace UniBench.Measure;

/// <summary>A metric a scenario keeps: the name of a sample that its programs print.</summary>
/// <param name="Name">As in the program's <c>@sample</c> line, for example <c>rtt_p50</c>.</param>
/// <param name="Unit">As printed by the program, for example <c>ns</c> or <c>MB/s</c>.</param>
public sealed record MetricSpec(string Name, string Unit, Better Better);
