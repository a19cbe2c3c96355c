using UniBench.Cli.Running;
using UniBench.Measure;

namespace UniBench.Cli.Scripting;

/// <summary>What a scenario script sees: the members of this class are its vocabulary. It declares; measuring comes afterwards.</summary>
public sealed class Scenario
{
    private readonly IReadOnlyDictionary<string, IReadOnlyList<string>> overrides;
    private readonly ProgramCatalog programs;
    private readonly List<Parameter> parameters = [];
    private readonly List<CaseDeclaration> cases = [];
    private readonly List<string> questions = [];

    internal Scenario(ProgramCatalog programs, IReadOnlyDictionary<string, IReadOnlyList<string>> overrides, IReadOnlyList<string> arguments)
    {
        this.programs = programs;
        this.overrides = overrides;
        Args = arguments;
    }

    /// <summary>What followed `--` on the command line.</summary>
    public IReadOnlyList<string> Args { get; }

    /// <summary>Sooner is better, less is better.</summary>
    public Better Lower => Better.Lower;

    /// <summary>More is better.</summary>
    public Better Higher => Better.Higher;

    /// <summary>Left to the scheduler.</summary>
    public Placement Free => Placement.Free;

    /// <summary>All processes on one CPU.</summary>
    public Placement Same => Placement.Same;

    /// <summary>Two CPUs.</summary>
    public Placement Cross => Placement.Cross;

    internal string TitleText { get; private set; } = string.Empty;

    internal string DescriptionText { get; private set; } = string.Empty;

    internal IReadOnlyList<string> Questions => questions;

    internal IReadOnlyList<Parameter> Parameters => parameters;

    internal IReadOnlyList<CaseDeclaration> Cases => cases;

    /// <summary>The report's title.</summary>
    public void Title(string title) => TitleText = title;

    /// <summary>A question that the report answers, one sentence.</summary>
    public void Question(string question) => questions.Add(question);

    /// <summary>What a reader should know of the experiment.</summary>
    public void Describe(string text) => DescriptionText = text;

    /// <summary>A sweep parameter with its values, which `-p name=value,...` replaces.</summary>
    public Parameter Param(string name, params object[] values)
    {
        if (parameters.Exists(p => p.Name == name))
        {
            throw new ScenarioException($"parameter '{name}' is declared twice");
        }

        string[] list = overrides.TryGetValue(name, out IReadOnlyList<string>? replaced) ? [.. replaced] : [.. values.Select(Parameter.Normalize)];
        if (list.Length == 0)
        {
            throw new ScenarioException($"parameter '{name}' has no values");
        }

        Parameter parameter = new(name, [.. list.Distinct()]);
        parameters.Add(parameter);
        return parameter;
    }

    /// <summary>A program shipped with UniBench, by name, or any static Linux program, by path; with its first arguments.</summary>
    public Workload Program(string name, params object[] arguments) => Workload.Of(programs.Find(name), name).Args(arguments);

    /// <summary>Whether <see cref="Program"/> would find it, for programs that not every machine has.</summary>
    public bool HasProgram(string name) => programs.TryFind(name) is not null;

    /// <summary>An experiment without a sweep.</summary>
    public CaseDeclaration Case(string name, Workload workload) => Case(name, [], _ => workload);

    /// <summary>An experiment: for every combination of the parameters' values the workload that <paramref name="build"/> gives.</summary>
    public CaseDeclaration Case(string name, IReadOnlyList<Parameter> sweep, Func<Point, Workload> build)
    {
        if (cases.Exists(c => c.Name == name))
        {
            throw new ScenarioException($"case '{name}' is declared twice");
        }

        CaseDeclaration declared = new(name, sweep, build);
        cases.Add(declared);
        return declared;
    }
}
