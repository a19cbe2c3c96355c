using System.Globalization;
using UniBench.Measure;
using UniBench.Workloads;

namespace UniBench.Workbench.Running;

/// <summary>Faults in words: a reader of plan or report must know that a launch was disturbed on purpose.</summary>
internal static class FaultText
{
    /// <param name="before">What stands before the text; without faults there is neither.</param>
    public static string Of(IReadOnlyList<FaultStep> faults, string before) => faults.Count == 0
        ? ""
        : before + string.Join(", ", faults.Select(f => string.Create(CultureInfo.InvariantCulture, $"after {f.After.TotalMilliseconds:0} ms signal {f.Signal} to stage {f.Stage}")));

    public static IEnumerable<Finding> Findings(IReadOnlyList<LaunchableCase> plan) => plan
        .Where(p => p.Request.Faults.Count > 0)
        .DistinctBy(p => p.Declaration)
        .Select(p => new Finding(Severity.Info, "faults", $"launches of {p.Planned.Point.Name} are disturbed on purpose: {Of(p.Request.Faults, "")}", "nothing to do"));
}
