namespace UniBench.Measure;

/// <summary>
/// Blocks of all cases, shuffled inside each block, so that drift of the machine hits every case alike and
/// the launches of one block can be paired. The order depends on the seed alone, on every platform and .NET version.
/// </summary>
public static class Schedule
{
    /// <exception cref="ArgumentOutOfRangeException">No measured round, or a negative number of warm-up rounds.</exception>
    public static IReadOnlyList<ScheduledLaunch> Create(IReadOnlyList<CasePoint> cases, int rounds, int warmupRounds, long seed)
    {
        ArgumentNullException.ThrowIfNull(cases);
        ArgumentOutOfRangeException.ThrowIfLessThan(rounds, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(warmupRounds);

        var random = new SplitMix64(seed);
        var plan = new List<ScheduledLaunch>(cases.Count * (rounds + warmupRounds));
        for (int round = 0; round < rounds + warmupRounds; round++)
        {
            CasePoint[] block = [.. cases];
            for (int i = block.Length - 1; i > 0; i--)
            {
                int j = random.Below(i + 1);
                (block[i], block[j]) = (block[j], block[i]);
            }

            for (int order = 0; order < block.Length; order++)
            {
                plan.Add(new ScheduledLaunch(round, order, round < warmupRounds, block[order]));
            }
        }

        return plan;
    }
}
