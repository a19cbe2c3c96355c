namespace UniBench.Measure.Comparing;

/// <summary>How often something may be counted for each operation more. Both are names of launches' counters: "exits.call" and "forks".</summary>
/// <param name="Counter">What is counted.</param>
/// <param name="Per">What counts the operations.</param>
public sealed record CounterBound(string Counter, string Per, double Least, double Most)
{
    private const double Rounding = 0.0005;

    public string Words => Least == Most
        ? FormattableString.Invariant($"exactly {Least:0.###} for each of {Per}")
        : FormattableString.Invariant($"{Least:0.###} to {Most:0.###} for each of {Per}");

    public bool Holds(double each) => each >= Least - Rounding && each <= Most + Rounding;
}
