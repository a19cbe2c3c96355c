namespace UniBench.Measure;

/// <summary>Which script was run, and what it says of its parameters.</summary>
/// <param name="Sha256">Of the script and everything it loads, hexadecimal.</param>
/// <param name="Args">What followed <c>--</c>.</param>
public sealed record ScenarioInfo(string Path, string Sha256, IReadOnlyList<string> Args)
{
    /// <summary>Of parameters that have one, by name.</summary>
    public IReadOnlyDictionary<string, string> Units { get; init; } = new Dictionary<string, string>();

    /// <summary>What each further one of a parameter adds is asked of these.</summary>
    public IReadOnlyList<SlopeQuestion> Slopes { get; init; } = [];
}
