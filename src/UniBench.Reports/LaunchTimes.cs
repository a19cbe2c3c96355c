using UniBench.Measure;

namespace UniBench.Reports;

/// <summary>Of a run only when each launch was made and how long it took: read faster than the whole.</summary>
public sealed record LaunchTimes
{
    public required ScenarioInfo Scenario { get; init; }

    public required IReadOnlyList<Launch> Rounds { get; init; }

    /// <summary>The same members as of a <see cref="RoundRecord"/>.</summary>
    public sealed record Launch(string CaseId, DateTimeOffset StartedAt, double WallS, string Status);
}
