namespace UniBench.Cli.Scripting;

/// <summary>What a scenario declared: nothing of the script is needed any more.</summary>
/// <param name="Path">As the user gave it.</param>
/// <param name="Sha256">Of the script and everything it loads.</param>
/// <param name="Files">Full paths of those.</param>
internal sealed record ScenarioPlan(string Path, string Sha256, IReadOnlyCollection<string> Files, Scenario Scenario, IReadOnlyList<DeclaredPoint> Points)
{
    /// <summary>Short name: the file's name without extension.</summary>
    public string Name => System.IO.Path.GetFileNameWithoutExtension(Path);

    public string Title => Scenario.TitleText.Length > 0 ? Scenario.TitleText : Name;
}
