namespace UniBench.Workloads;

/// <summary>Whether a backend can run here.</summary>
/// <param name="Reason">Null when available; else why not.</param>
/// <param name="Advice">What the user can do about it; null when available.</param>
public sealed record Availability(string? Reason = null, string? Advice = null)
{
    public bool IsAvailable => Reason is null;
}
