namespace UniBench.Measure;

/// <summary>What a reader must know before believing a number.</summary>
/// <param name="Code">Stable, kebab-case, for example <c>bimodal</c>.</param>
/// <param name="Advice">What to do about it.</param>
public sealed record Finding(Severity Severity, string Code, string Message, string Advice);
