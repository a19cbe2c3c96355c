namespace UniBench.Measure.Comparing;

/// <summary>Comparisons of a run, backends with the reference and this build with another one, that more rounds would decide.</summary>
public static class UndecidedComparisons
{
    /// <summary>What takes more than so many times the rounds there are is left undecided.</summary>
    private const int MostTimes = 10;

    /// <returns>How many there are, and about how many rounds in all decide them; null where there are none.</returns>
    public static (int Comparisons, int Rounds)? Of(RunResults results)
    {
        ArgumentNullException.ThrowIfNull(results);
        IEnumerable<Verdict?> verdicts = results.Cases
            .Where(c => c.Backend != results.Environment.Reference() && c.Summary is not null)
            .Select(c => RatioToReference.SamePlacement(results, c) is { Summary: not null } reference ? RatioToReference.Judge(results, c, reference) : null)
            .Concat(BuildComparison.Of(results).Select(c => c.Verdict));
        int[] rounds = [.. verdicts.OfType<Verdict>()
            .Where(v => v is { Outcome: Outcome.Inconclusive, MoreRounds: not null })
            .Select(v => (v.Estimate.N, All: v.Estimate.N + v.MoreRounds!.Value))
            .Where(v => v.All <= MostTimes * v.N)
            .Select(v => v.All)];
        return rounds.Length == 0 ? null : (rounds.Length, rounds.Max());
    }
}
