using System.Runtime.CompilerServices;
using UniBench.Workbench.Running;

namespace UniBench.Workbench.Scripting;

/// <summary>What a scenario script sees: the members of this class are its vocabulary. It declares; measuring comes afterwards.</summary>
public class Scenario
{
    private readonly ParameterOverrides overrides;
    private readonly ProgramCatalog programs;
    private readonly List<Parameter> parameters = [];
    private readonly List<CaseDeclaration> declarations = [];
    private readonly List<string> questions = [];
    private readonly List<ScratchDirectory> scratches = [];

    /// <summary>A scenario that a program declares instead of a script, by the same methods; <see cref="ScenarioPlan.Of"/> takes it from there.</summary>
    /// <param name="name">Short; the first part of every case's id. Relative paths start in the working directory.</param>
    public Scenario(string name)
        : this(Path.GetFullPath(name), ProgramCatalog.Shipped(), new ParameterOverrides([]), [])
    {
    }

    internal Scenario(string file, ProgramCatalog programs, ParameterOverrides overrides, IReadOnlyList<string> arguments)
    {
        ScriptFile = file;
        this.programs = programs;
        this.overrides = overrides;
        Args = arguments;
    }

    /// <summary>Full path of the script.</summary>
    public string ScriptFile { get; }

    /// <summary>What followed `--` on the command line.</summary>
    public IReadOnlyList<string> Args { get; }

    private string Folder => Path.GetDirectoryName(ScriptFile)!;

    internal string TitleText { get; private set; } = string.Empty;

    internal string DescriptionText { get; private set; } = string.Empty;

    internal IReadOnlyList<string> Questions => questions;

    internal IReadOnlyList<Parameter> Parameters => parameters;

    internal IReadOnlyList<CaseDeclaration> Declarations => declarations;

    /// <summary>Directories to make before the run and to remove after it.</summary>
    internal IReadOnlyList<ScratchDirectory> Scratches => scratches;

    /// <summary>The report's title.</summary>
    public void Title(string title) => TitleText = title;

    /// <summary>A question that the report answers, one sentence.</summary>
    public void Question(string question) => questions.Add(question);

    /// <summary>What a reader should know of the experiment.</summary>
    public void Describe(string text) => DescriptionText = text;

    /// <summary>A sweep parameter with its values, which `-p name=value,...` replaces.</summary>
    public Parameter Param(string name, params object[] values) => Declare(name, values, "");

    /// <summary>The same with a unit, which reports print with the values: `Param("size", 64, 4096, unit: "B")` makes ticks of 64 B and 4 KiB.</summary>
    /// <remarks>C# has no argument behind `params`, so the values are counted out; more than these stand in brackets: `Param("size", [1, 2, 4], unit: "B")`.</remarks>
    public Parameter Param(
        string name, object first, object? second = null, object? third = null, object? fourth = null, object? fifth = null, object? sixth = null,
        object? seventh = null, object? eighth = null, object? ninth = null, object? tenth = null, object? eleventh = null, object? twelfth = null, string unit = "") =>
        Declare(name, [.. new[] { first, second, third, fourth, fifth, sixth, seventh, eighth, ninth, tenth, eleventh, twelfth }.OfType<object>()], unit);

    /// <summary>The same with the values in brackets.</summary>
    public Parameter Param(string name, object[] values, string unit) => Declare(name, values, unit);

    private Parameter Declare(string name, object[] values, string unit)
    {
        Name.Check("parameter", name);
        if (parameters.Exists(p => p.Name == name))
        {
            throw new ScenarioException($"parameter '{name}' is declared twice");
        }

        string[] list = [.. ((IEnumerable<object>?)overrides.Take(name) ?? values).Select(v => Parameter.Normalize(name, v)).Distinct()];
        if (list.Length == 0)
        {
            throw new ScenarioException($"parameter '{name}' has no values");
        }

        Parameter parameter = new(name, list, unit);
        parameters.Add(parameter);
        return parameter;
    }

    /// <summary>A program with its first arguments: one shipped with UniBench or on the PATH, by name; any static Linux program, by path (relative to the script).</summary>
    public Workload Program(string name, params object[] arguments) => Workload.Of(programs.Find(name, Folder), Path.GetFileName(name)).Args(arguments);

    /// <summary>Whether <see cref="Program"/> would find it, for programs that not every machine has.</summary>
    public bool HasProgram(string name) => programs.TryFind(name, Folder) is not null;

    /// <summary>A directory for the workloads' files, which the script describes: made before the run, removed after it.</summary>
    public ScratchDirectory Scratch()
    {
        ScratchDirectory scratch = new(name => programs.Find(name, Folder));
        scratches.Add(scratch);
        return scratch;
    }

    /// <summary>An experiment without a sweep.</summary>
    /// <param name="file">Filled in by the compiler, as is <paramref name="line"/>: where errors of this case are shown.</param>
    public CaseDeclaration Case(string name, Workload workload, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        Case(name, [], _ => workload, file, line);

    /// <summary>An experiment: for every combination of the parameters' values the workload that <paramref name="build"/> gives.</summary>
    /// <param name="file">Filled in by the compiler, as is <paramref name="line"/>: where errors of this case are shown.</param>
    public CaseDeclaration Case(
        string name, IReadOnlyList<Parameter> sweep, Func<Point, Workload> build, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        Name.Check("case", name);
        if (declarations.Exists(c => c.Name == name))
        {
            throw new ScenarioException($"case '{name}' is declared twice");
        }

        CaseDeclaration declared = new(name, FormattableString.Invariant($"{file}({line},1)"), Folder, sweep, build);
        declarations.Add(declared);
        return declared;
    }

    /// <summary>Takes back what was declared.</summary>
    private protected void Clear()
    {
        parameters.Clear();
        declarations.Clear();
        questions.Clear();
        scratches.Clear();
    }

    /// <summary>Every point of every case; afterwards nothing holds the script any more.</summary>
    internal IReadOnlyList<DeclaredPoint> Expand()
    {
        DeclaredPoint[] points = [.. declarations.SelectMany(c => c.Expand())];
        return points.Length > 0 ? points : throw new ScenarioException("the scenario declares no case: Case(\"greeting\", Program(\"hello\")).Metric(...)");
    }
}
