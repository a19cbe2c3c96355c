namespace UniBench.Measure;

/// <summary>Which direction of a metric is an improvement.</summary>
public enum Better
{
    Lower,
    Higher,
}
