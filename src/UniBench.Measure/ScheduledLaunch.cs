namespace UniBench.Measure;

/// <summary>One launch of the plan.</summary>
/// <param name="Round">Number of the block, from 0, warm-up blocks first.</param>
/// <param name="Order">Position inside the block.</param>
public sealed record ScheduledLaunch(int Round, int Order, bool Warmup, CasePoint Case);
