using UniBench.Measure;

namespace UniBench.Workbench.Running;

/// <summary>What came of running a scenario.</summary>
/// <param name="Results">Null where no case was for any backend.</param>
public sealed record MeasuredScenario(Ending Ending, RunResults? Results);
