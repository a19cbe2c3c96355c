using UniBench.Reports;
using UniBench.Workbench.Running;

namespace UniBench.Workbench.Scripting;

/// <summary>What typed lines see: a scenario's vocabulary, and what runs it.</summary>
public sealed class TypedScenario : Scenario
{
    private readonly Dictionary<CaseDeclaration, IReadOnlyList<DeclaredPoint>> expanded = [];
    private readonly Action<ScenarioPlan, int, string, TextWriter> run;
    private readonly TextWriter output;
    private readonly IReadOnlyDictionary<string, string> unavailable;
    private readonly RunOptions options;

    internal TypedScenario(string file, ProgramCatalog programs, RunOptions options, IReadOnlyDictionary<string, string> unavailable, TextWriter output, Action<ScenarioPlan, int, string, TextWriter> run)
        : base(file, programs, new ParameterOverrides([]), [])
    {
        this.options = options;
        this.unavailable = unavailable;
        this.output = output;
        this.run = run;
    }

    /// <summary>Measures what is declared by now, and prints a table.</summary>
    /// <param name="rounds">Measured launches of each case.</param>
    /// <param name="keep">Directory for results and report; without it they are thrown away.</param>
    public void Run(int rounds = RunOptions.QuickRounds, string? keep = null)
    {
        if (rounds < 1)
        {
            throw new ScenarioException($"rounds are 1 or more, not {rounds}");
        }

        if (keep is not null)
        {
            run(Declared(), rounds, keep, output);
            return;
        }

        string folder = System.IO.Directory.CreateTempSubdirectory("unibench-repl-").FullName;
        try
        {
            run(Declared(), rounds, folder, TextWriter.Null);
            output.Write(SummaryText.Render(ResultsFile.Load(Path.Combine(folder, ResultsFile.Name))));
        }
        finally
        {
            System.IO.Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Prints what <see cref="Run"/> would launch.</summary>
    public void Plan() => output.Write(PlanText.Of(Declared(), options, unavailable));

    /// <summary>Takes back all that is declared: parameters, cases, questions.</summary>
    public void Forget()
    {
        expanded.Clear();
        Clear();
    }

    /// <summary>A case is expanded once and then lets go of its code, so its points are kept here.</summary>
    private ScenarioPlan Declared()
    {
        foreach (CaseDeclaration declared in Declarations.Where(c => !expanded.ContainsKey(c)))
        {
            expanded.Add(declared, declared.Expand());
        }

        DeclaredPoint[] points = [.. Declarations.SelectMany(c => expanded[c])];
        return points.Length > 0
            ? new ScenarioPlan("repl", "", [], this, points)
            : throw new ScenarioException("nothing is declared yet: Case(\"greeting\", Program(\"hello\")).Metric(\"wall_ms\", \"ms\", Lower)");
    }
}
