namespace UniBench.Measure;

/// <summary>A finding's word at one case.</summary>
/// <param name="Code">The finding's.</param>
/// <param name="Amount">How much, in a few characters: <c>+7 %</c>; may be empty.</param>
/// <param name="Detail">The same with its words, as it stands in the finding.</param>
public sealed record CaseFlag(string Code, string Amount, string Detail)
{
    public override string ToString() => Amount.Length == 0 ? Code : $"{Code} {Amount}";
}
