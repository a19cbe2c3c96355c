using System.Globalization;
using UniBench.Workloads;

namespace UniBench.Workbench.Scripting;

/// <summary>What is launched: a program with arguments, or a pipeline of them joined with <c>|</c>.</summary>
public sealed class Workload
{
    private Workload(IReadOnlyList<ProcessSpec> stages) => Stages = stages;

    /// <summary>Programs in pipeline order.</summary>
    public IReadOnlyList<ProcessSpec> Stages { get; }

    /// <summary>The stdout of the left becomes the stdin of the right.</summary>
    public static Workload operator |(Workload left, Workload right) => left.Then(right);

    /// <summary>What the operator does.</summary>
    public Workload Then(Workload next) => new([.. Stages, .. next.Stages]);

    /// <summary>The same with more arguments for its last program. Numbers are written as C would.</summary>
    public Workload Args(params object[] arguments)
    {
        ProcessSpec last = Stages[^1];
        return new Workload([.. Stages.SkipLast(1), last with { Arguments = [.. last.Arguments, .. arguments.Select(a => Convert.ToString(a, CultureInfo.InvariantCulture) ?? string.Empty)] }]);
    }

    /// <summary>As one would type it.</summary>
    public override string ToString() => string.Join(" | ", Stages.Select(s => string.Join(' ', s.Arguments)));

    internal static Workload Of(string path, string name) => new([new ProcessSpec(path, [name])]);
}
