namespace UniBench.Fuzz;

/// <param name="Inputs">How many there were.</param>
/// <param name="Fault">What must not happen and did; null: nothing.</param>
internal sealed record Tried(long Inputs, string? Fault);
