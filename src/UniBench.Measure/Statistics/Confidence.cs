namespace UniBench.Measure.Statistics;

/// <summary>The confidence that intervals are asked for.</summary>
public static class Confidence
{
    /// <summary>One false alarm in a hundred intervals: a sweep prints dozens of them.</summary>
    public const double DefaultAlpha = 0.01;

    public const double Default = 1 - DefaultAlpha;

    /// <summary>
    /// An interval that lies wholly within a threshold shows equivalence; at 90 % that is two one-sided tests at 5 %. Schuirmann: A Comparison of
    /// the Two One-Sided Tests Procedure and the Power Approach, J. Pharmacokin. Biopharm. 15 (1987).
    /// </summary>
    public const double Equivalence = 0.90;
}
