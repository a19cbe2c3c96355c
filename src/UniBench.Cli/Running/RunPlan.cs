using UniBench.Backends;
using UniBench.Cli.Scripting;
using UniBench.Measure;

namespace UniBench.Cli.Running;

/// <summary>A case with what it takes to launch it.</summary>
internal sealed record PlannedRun(PlannedCase Planned, LaunchRequest Request, CaseDeclaration Declaration);

/// <summary>All cases of a scenario on the wanted backends, in declaration order.</summary>
internal static class RunPlan
{
    /// <param name="unavailable">Why a backend cannot run here, by name.</param>
    /// <param name="placement">Instead of the cases' own placements; null leaves them.</param>
    /// <param name="timeout">Instead of the cases' own time limits; null leaves them.</param>
    /// <exception cref="ScenarioException">The scenario declares something impossible.</exception>
    public static IReadOnlyList<PlannedRun> Build(
        Scenario scenario, string scenarioName, IReadOnlyList<string> backends, IReadOnlyDictionary<string, string> unavailable, Placement? placement, TimeSpan? timeout)
    {
        List<PlannedRun> plan = [];
        foreach (CaseDeclaration declaration in scenario.Cases)
        {
            if (declaration.Metrics.Count == 0)
            {
                throw new ScenarioException($"case '{declaration.Name}' keeps no metric: add .Metric(name, unit, Lower or Higher)");
            }

            if (declaration.BackendList?.FirstOrDefault(b => !BackendRegistry.Names.Contains(b)) is { } unknown)
            {
                throw new ScenarioException($"case '{declaration.Name}': no backend is called '{unknown}': {string.Join(", ", BackendRegistry.Names)}");
            }

            foreach (IReadOnlyDictionary<string, string> values in Combinations(declaration.Sweep))
            {
                Workload workload = declaration.Build(new Point(values));
                foreach (Placement where in placement is { } fixedPlacement ? [fixedPlacement] : declaration.PlacementList)
                {
                    plan.AddRange(backends.Where(b => declaration.BackendList?.Contains(b) ?? true)
                        .Select(b => Plan(declaration, scenarioName, values, workload, where, b, unavailable.GetValueOrDefault(b), timeout)));
                }
            }
        }

        return plan;
    }

    private static PlannedRun Plan(
        CaseDeclaration declaration, string scenarioName, IReadOnlyDictionary<string, string> values, Workload workload, Placement placement, string backend, string? unavailable, TimeSpan? timeout)
    {
        IReadOnlyList<int> cpus = PlacementCpus.Of(placement, out string? impossible);
        CasePoint point = new()
        {
            Scenario = scenarioName,
            Name = declaration.Name,
            Params = values,
            Backend = backend,
            Placement = placement.ToString().ToLowerInvariant(),
        };
        LaunchRequest request = new()
        {
            Stages = workload.Stages,
            Environment = ["PATH=/usr/local/bin:/usr/bin:/bin", "LC_ALL=C", .. declaration.Environment],
            MemoryBytes = declaration.MemoryBytes,
            Timeout = timeout ?? declaration.TimeLimit,
            Cpus = cpus,
            Mounts = declaration.Mounts,
        };
        return new PlannedRun(new PlannedCase(point, declaration.Metrics, unavailable ?? impossible), request, declaration);
    }

    private static IEnumerable<IReadOnlyDictionary<string, string>> Combinations(IReadOnlyList<Parameter> sweep)
    {
        IEnumerable<IReadOnlyList<KeyValuePair<string, string>>> points = [[]];
        foreach (Parameter parameter in sweep)
        {
            points = points.SelectMany(p => parameter.Values, (p, value) => (IReadOnlyList<KeyValuePair<string, string>>)[.. p, new(parameter.Name, value)]);
        }

        return points.Select(p => new OrderedDictionary<string, string>(p));
    }
}
