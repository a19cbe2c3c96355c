namespace UniBench.Measure.Statistics;

/// <summary>The confidence every interval of a report asks for.</summary>
public static class Confidence
{
    /// <summary>One false alarm in a hundred intervals: a sweep prints dozens of them.</summary>
    public const double Default = 0.99;
}
