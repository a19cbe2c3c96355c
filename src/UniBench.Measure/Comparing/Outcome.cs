namespace UniBench.Measure.Comparing;

/// <summary>What a comparison with a threshold says.</summary>
public enum Outcome
{
    /// <summary>Better, and certainly by more than the threshold.</summary>
    Better,

    /// <summary>Worse, and certainly by more than the threshold.</summary>
    Worse,

    /// <summary>Whatever difference there is, it is certainly not beyond the threshold.</summary>
    Same,

    /// <summary>Chance alone may differ so much: neither a difference nor the same. What it may be is below what these rounds can tell.</summary>
    Indistinct,

    /// <summary>The interval reaches over the threshold: more rounds are needed.</summary>
    Inconclusive,
}
