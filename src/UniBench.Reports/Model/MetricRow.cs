using UniBench.Measure;

namespace UniBench.Reports.Model;

/// <summary>One point of the sweep in one placement, with its case on each backend.</summary>
internal sealed record MetricRow(IReadOnlyDictionary<string, string> Params, string Placement, IReadOnlyDictionary<string, CaseMetric> Cases)
{
    /// <summary><c>size=1, stages=2</c>; empty without parameters.</summary>
    public string Point => PointOf(Params);

    /// <summary>The case on a backend; null where it was not planned.</summary>
    public CaseMetric? Of(string backend) => Cases.GetValueOrDefault(backend);

    /// <summary>For a reader: <c>size=64 KiB</c>.</summary>
    public string PointOf(MetricTable table) => PointOf(Params, table.Units);

    public static string PointOf(IEnumerable<KeyValuePair<string, string>> parameters) =>
        string.Join(", ", parameters.Select(p => $"{p.Key}={p.Value}"));

    /// <param name="units">Of parameters that have one.</param>
    public static string PointOf(IEnumerable<KeyValuePair<string, string>> parameters, IReadOnlyDictionary<string, string> units) =>
        PointOf(parameters.Select(p => KeyValuePair.Create(p.Key, ParameterValue.Shown(p.Value, units.GetValueOrDefault(p.Key, "")))));
}
