namespace UniBench.Measure;

/// <summary>How much a finding shakes the numbers.</summary>
public enum Severity
{
    /// <summary>Good to know.</summary>
    Info,

    /// <summary>Some numbers need care.</summary>
    Warning,

    /// <summary>Something was not measured.</summary>
    Error,
}
