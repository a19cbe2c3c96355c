namespace UniBench.Workbench.Scripting;

/// <summary>What a scenario declared: nothing of the script is needed any more.</summary>
public sealed record ScenarioPlan
{
    internal ScenarioPlan(string path, string sha256, IReadOnlyCollection<string> files, Scenario scenario, IReadOnlyList<DeclaredPoint> points)
    {
        Path = path;
        Sha256 = sha256;
        Files = files;
        Scenario = scenario;
        Points = points;
    }

    /// <summary>Of a scenario that was declared by a program.</summary>
    /// <exception cref="ScenarioException">It declares no case, or one that is impossible.</exception>
    public static ScenarioPlan Of(Scenario scenario)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        return new ScenarioPlan(System.IO.Path.GetFileName(scenario.ScriptFile), "", [], scenario, scenario.Expand());
    }

    /// <summary>As the user gave it.</summary>
    public string Path { get; }

    /// <summary>Of the script and everything it loads; empty where there is none.</summary>
    public string Sha256 { get; }

    /// <summary>Full paths of those.</summary>
    public IReadOnlyCollection<string> Files { get; }

    internal Scenario Scenario { get; }

    internal IReadOnlyList<DeclaredPoint> Points { get; }

    /// <summary>Short name: the file's name without extension.</summary>
    public string Name => System.IO.Path.GetFileNameWithoutExtension(Path);

    /// <summary>Values of a parameter over all cases, in the order in which they were declared.</summary>
    public IReadOnlyList<string> ValuesOf(string parameter) => [.. Points.Select(p => p.Values.GetValueOrDefault(parameter)).OfType<string>().Distinct()];

    /// <summary>Names of the parameters of all cases.</summary>
    public IReadOnlyList<string> Parameters => [.. Points.SelectMany(p => p.Values.Keys).Distinct()];

    public string Title => Scenario.TitleText.Length > 0 ? Scenario.TitleText : Name;
}
