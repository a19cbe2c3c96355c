namespace UniBench.Workbench.Scripting;

/// <summary>One point of a declaration's sweep and what to launch there.</summary>
/// <param name="Values">Parameter values in the order of the declaration's list.</param>
internal sealed record DeclaredPoint(CaseDeclaration Declaration, IReadOnlyDictionary<string, string> Values, Workload Workload);
