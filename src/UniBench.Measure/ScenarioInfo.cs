namespace UniBench.Measure;

/// <summary>Which script was run.</summary>
/// <param name="Sha256">Of the script and everything it loads, hexadecimal.</param>
/// <param name="Args">What followed <c>--</c>.</param>
public sealed record ScenarioInfo(string Path, string Sha256, IReadOnlyList<string> Args);
