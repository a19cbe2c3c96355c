namespace UniBench.Measure.Comparing;

/// <summary>What a gate says of one metric of one case.</summary>
/// <param name="Status">Of the gate, before <see cref="Muted"/> is looked at.</param>
/// <param name="Measured">What was measured, in words: the ratio or median with its interval, or why there is none.</param>
/// <param name="MoreRounds">When inconclusive: about so many more rounds would decide; null when no sane number would.</param>
/// <param name="Muted">The gate is muted today: a regression is told and does not fail.</param>
public sealed record GateResult(Gate Gate, CaseMetric Case, GateStatus Status, string Measured, int? MoreRounds, bool Muted);
