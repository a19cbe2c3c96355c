namespace UniBench.Measure.Comparing;

/// <summary>What a run's own comparisons, backend against backend, are judged by; part of the run, so that every report of it says the same.</summary>
/// <param name="Threshold">From where on a difference counts, as a part of the value: 0.05 is five percent.</param>
/// <param name="Alpha">How often chance alone may call a difference: intervals have a confidence of 1 - alpha.</param>
public sealed record VerdictRule(double Threshold = VerdictRule.DefaultThreshold, double Alpha = Statistics.Confidence.DefaultAlpha)
{
    /// <summary>Of comparisons of all kinds, where none is given.</summary>
    public const double DefaultThreshold = 0.05;

    public double Confidence() => 1 - Alpha;
}
