namespace UniBench.Measure;

/// <summary>That a scenario asks what each further one of a parameter adds.</summary>
/// <param name="Case">The workload's name.</param>
/// <param name="One">What one of the parameter is, in a word: "stage".</param>
public sealed record SlopeQuestion(string Case, string Parameter, string One);
