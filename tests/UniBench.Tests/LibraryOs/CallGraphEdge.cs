namespace UniBench.Tests.LibraryOs;

/// <summary>A source names a symbol that another one defines.</summary>
internal sealed record CallGraphEdge(string From, string To, string Symbol);
