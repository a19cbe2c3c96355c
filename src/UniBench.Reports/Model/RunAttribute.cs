namespace UniBench.Reports.Model;

/// <summary>Something that may differ between runs, and what follows if it does.</summary>
/// <param name="Kind">Attributes of one kind share their consequence.</param>
internal sealed record RunAttribute(string Name, DifferenceKind Kind, IReadOnlyList<string> Values)
{
    public bool Differs => Values.Distinct().Skip(1).Any();
}
