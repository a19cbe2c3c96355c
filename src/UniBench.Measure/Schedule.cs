namespace UniBench.Measure;

/// <summary>
/// Blocks of all cases, shuffled inside each block, so that drift of the machine hits every case alike and
/// the launches of one block can be paired. The order depends on the seed alone, on every platform and .NET version.
/// </summary>
public static class Schedule
{
    /// <summary>Blocks without end, numbered from 0; whoever runs them decides how many warm up and when it is enough.</summary>
    /// <exception cref="ArgumentException">There is no case.</exception>
    public static IEnumerable<IReadOnlyList<ScheduledLaunch>> Blocks(IReadOnlyList<CasePoint> cases, long seed)
    {
        ArgumentNullException.ThrowIfNull(cases);
        return cases.Count > 0 ? Endless(cases, seed) : throw new ArgumentException("a schedule needs a case", nameof(cases));
    }

    private static IEnumerable<IReadOnlyList<ScheduledLaunch>> Endless(IReadOnlyList<CasePoint> cases, long seed)
    {
        var random = new SplitMix64(seed);
        for (int round = 0; ; round++)
        {
            CasePoint[] block = [.. cases];
            for (int i = block.Length - 1; i > 0; i--)
            {
                int j = random.Below(i + 1);
                (block[i], block[j]) = (block[j], block[i]);
            }

            int number = round;
            yield return [.. block.Select((point, order) => new ScheduledLaunch(number, order, Warmup: false, point))];
        }
    }
}
