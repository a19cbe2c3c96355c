namespace UniBench.Cli.Scripting;

/// <summary>One point of a case's sweep and what to launch there.</summary>
/// <param name="Values">Parameter values in the order of the case's list.</param>
internal sealed record DeclaredPoint(CaseDeclaration Case, IReadOnlyDictionary<string, string> Values, Workload Workload);
