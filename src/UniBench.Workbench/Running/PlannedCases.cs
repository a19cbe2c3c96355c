using UniBench.Measure;
using UniBench.Workbench.Scripting;
using UniBench.Workloads;

namespace UniBench.Workbench.Running;

/// <summary>All cases of a scenario on the wanted backends, in declaration order.</summary>
internal static class PlannedCases
{
    /// <summary>What a workload finds in its environment on every backend, beside what its case sets.</summary>
    public static readonly IReadOnlyList<string> Environment = ["PATH=/usr/local/bin:/usr/bin:/bin", "HOME=/", "LC_ALL=C"];

    /// <param name="unavailable">Why a backend cannot run here, by name. Where nobody named it, it has no cases.</param>
    public static IReadOnlyList<LaunchableCase> Build(ScenarioPlan plan, RunOptions options, IReadOnlyDictionary<string, string> unavailable) =>
    [
        .. from point in plan.Points
           from placement in options.Placement is { } one ? [one] : point.Declaration.PlacementList
           from backend in options.Backends
           where point.Declaration.BackendList?.Contains(OtherBuild.BaseOf(backend) ?? backend) ?? (options.BackendsRequired || !unavailable.ContainsKey(backend))
           let planned = Plan(plan.Name, point, placement, backend, options, unavailable.GetValueOrDefault(backend))
           where options.Chosen?.Invoke(planned.Planned.Point) ?? true
           select planned,
    ];

    /// <summary>Of several values of a variable the last one.</summary>
    public static IReadOnlyList<string> Merged(IEnumerable<string> variables) => [.. variables.GroupBy(v => v.Split('=')[0]).Select(g => g.Last())];

    private static LaunchableCase Plan(
        string scenario, DeclaredPoint declared, Placement placement, string backend, RunOptions options, string? unavailable)
    {
        IReadOnlyList<int> cpus = PlacementCpus.Of(placement, out string? impossible);
        CaseDeclaration declaration = declared.Declaration;
        CasePoint point = new()
        {
            Scenario = scenario,
            Name = declaration.Name,
            Params = declared.Values,
            Backend = backend,
            Placement = placement.ToString().ToLowerInvariant(),
        };
        LaunchRequest request = new()
        {
            Stages = declared.Workload.Stages,
            Environment = Merged([.. Environment, .. declaration.Environment]),
            MemoryBytes = declaration.MemoryBytes,
            Timeout = options.Timeout ?? declaration.TimeLimit,
            Cpus = cpus,
            Spin = options.Spin,
            Mounts = declaration.Mounts,
            WorkingDirectory = declaration.WorkingDirectory,
            Faults = declaration.Faults,
        };
        return new LaunchableCase(new PlannedCase(point, declaration.Metrics, unavailable ?? impossible), request, declaration);
    }
}
