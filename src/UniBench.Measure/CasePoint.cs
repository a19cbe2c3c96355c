using UniBench.Workloads;

namespace UniBench.Measure;

/// <summary>One point of a scenario's sweep on one backend in one CPU placement.</summary>
public sealed record CasePoint
{
    /// <summary>The scenario's short name: its file name without extension.</summary>
    public required string Scenario { get; init; }

    /// <summary>The workload's name inside the scenario.</summary>
    public required string Name { get; init; }

    /// <summary>Sweep parameters in the order in which the scenario declares them.</summary>
    public required IReadOnlyDictionary<string, string> Params { get; init; }

    /// <summary>The backend's name; the run's environment says what it is (<see cref="BackendTraits"/>).</summary>
    public required string Backend { get; init; }

    /// <summary>"free" (left to the scheduler), "same" (one CPU) or "cross" (two CPUs).</summary>
    public required string Placement { get; init; }

    /// <summary>What the case measures, without backend and placement: <c>pipeline/rtt{size=1}</c>.</summary>
    public string Subject => Params.Count == 0
        ? $"{Scenario}/{Name}"
        : $"{Scenario}/{Name}{{{string.Join(',', Params.Select(p => $"{p.Key}={p.Value}"))}}}";

    /// <summary>Names the case and every parameter of it: <c>pipeline/rtt{size=1}/unikernel/same</c>.</summary>
    public string Id => $"{Subject}/{Backend}/{Placement}";
}
