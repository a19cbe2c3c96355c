namespace UniBench.Measure;

/// <summary>What the rounds of one case say about one metric.</summary>
/// <param name="N">Rounds.</param>
/// <param name="Median">Median of the rounds' values.</param>
/// <param name="Low">Lower end of the median's interval; <see cref="Coverage"/> says how sure it is.</param>
/// <param name="High">Upper end of the median's interval.</param>
/// <param name="Mad">Median absolute deviation from the median, not scaled.</param>
/// <param name="Coverage">True coverage of [Low, High], 0..1: below what was asked for (0.99 by default) when rounds are few, 0 for one round.</param>
public sealed record Summary(int N, double Median, double Low, double High, double Min, double Max, double Mad, double Coverage)
{
    /// <summary>The spread as a part of the median; null for a median of 0. A method, so that it is not written to results.json.</summary>
    public double? RelativeMad() => Median == 0 ? null : Mad / Math.Abs(Median);
}
