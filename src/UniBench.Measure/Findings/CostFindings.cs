using System.Globalization;

namespace UniBench.Measure;

/// <summary>What a number cost, or what disturbed it: spinning CPU, refused system calls, steal, crashes.</summary>
internal static class CostFindings
{
    /// <summary>CPUs kept busy beyond those of the reference, from which on a reader must be told.</summary>
    private const double ManyMoreCpus = 0.25;

    private const double TicksPerSecond = 100;
    private const double MuchSteal = 0.01;

    public static IEnumerable<Finding> Of(IReadOnlyList<CaseMetric> cases, IReadOnlyList<RoundRecord> rounds, string reference) =>
        [.. Spinning(cases, reference), .. Unsupported(rounds), .. Steal(rounds), .. Notes(rounds)];

    private static IEnumerable<Finding> Spinning(IReadOnlyList<CaseMetric> cases, string reference)
    {
        string[] names = [.. cases
            .DistinctBy(c => c.Id)
            .Select(c => (c.Id, Flag: MoreCpu(c, cases, reference)))
            .Where(x => x.Flag is not null)
            .Select(x => $"{x.Id} ({x.Flag!.Detail})")];
        if (names.Length > 0)
        {
            yield return new Finding(
                Severity.Warning, "more-cpu", $"keeps more CPUs busy than the {reference} does: {LaunchFindings.Names(names)}",
                "a waiting side spins instead of sleeping: read the times together with the CPU seconds");
        }
    }

    /// <summary>A case that keeps more CPUs busy than the reference in the same placement does; else null.</summary>
    public static CaseFlag? MoreCpu(CaseMetric one, IReadOnlyList<CaseMetric> cases, string reference)
    {
        if (one.Backend == reference)
        {
            return null;
        }

        CaseMetric? compared = cases.FirstOrDefault(c =>
            c.Backend == reference && c.Placement == one.Placement && c.IsSameSubject(one));
        return Cpus(one) is { } own && Cpus(compared) is { } other && own - other > ManyMoreCpus
            ? new CaseFlag(
                "more-cpu",
                string.Create(CultureInfo.InvariantCulture, $"{own - other:+0.00}"),
                string.Create(CultureInfo.InvariantCulture, $"{own:0.00} CPUs, {reference} {other:0.00}"))
            : null;
    }

    private static double? Cpus(CaseMetric? one) => one is { CpuS: { } cpu, WallS: > 0 and { } wall } ? cpu / wall : null;

    private static IEnumerable<Finding> Unsupported(IReadOnlyList<RoundRecord> rounds)
    {
        string[] calls = [.. rounds
            .SelectMany(r => r.UnsupportedCalls)
            .GroupBy(c => c.Key)
            .OrderBy(g => g.Key, StringComparer.Ordinal)
            .Select(g => string.Create(CultureInfo.InvariantCulture, $"{g.Key} ({g.Sum(c => c.Value)})"))];
        if (calls.Length > 0)
        {
            yield return new Finding(
                Severity.Warning, "unsupported-calls", $"system calls refused with ENOSYS: {string.Join("; ", calls)}",
                "the program went on without them: check that it did the same work on every backend");
        }
    }

    private static IEnumerable<Finding> Steal(IReadOnlyList<RoundRecord> rounds)
    {
        RoundRecord[] known = [.. rounds.Where(r => !r.Warmup && r.StealTicks is not null)];
        double wall = known.Sum(r => r.WallS);
        double stolen = known.Sum(r => r.StealTicks!.Value) / TicksPerSecond;
        if (wall > 0 && stolen / wall > MuchSteal)
        {
            yield return new Finding(
                Severity.Warning, "steal",
                string.Create(CultureInfo.InvariantCulture, $"the hypervisor took {stolen:0.##} CPU seconds away during {wall:0.##} s of measuring"),
                "run on a quieter host; shuffled rounds spread the damage, they do not remove it");
        }
    }

    private static IEnumerable<Finding> Notes(IReadOnlyList<RoundRecord> rounds) => rounds
        .SelectMany(r => r.Notes.Select(note => (r.CaseId, Note: note)))
        .GroupBy(n => n.Note)
        .Select(g => new Finding(
            Severity.Warning, "note", $"{g.Key} ({LaunchFindings.Names([.. g.Select(n => n.CaseId).Distinct()])})",
            "rerun it alone with unibench exec --trace"));
}
