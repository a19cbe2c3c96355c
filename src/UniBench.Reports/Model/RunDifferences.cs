using System.Globalization;
using UniBench.Measure;
using UniBench.Reports.Languages;

namespace UniBench.Reports.Model;

/// <summary>What is the same in several runs, and what is not.</summary>
internal static class RunDifferences
{
    public static TextTable Table(IReadOnlyList<ReportRun> runs, Language language)
    {
        TextTable table = new([language.What, .. runs.Select(r => r.Label)]);
        foreach (RunAttribute attribute in Attributes(runs, language))
        {
            table.Row([attribute.Differs && attribute.Kind != DifferenceKind.None ? $"{attribute.Name} ({language.Differs})" : attribute.Name, .. attribute.Values]);
        }

        return table;
    }

    /// <summary>A sentence for each kind of difference, then for the cases that not all runs have.</summary>
    public static IEnumerable<string> Caveats(IReadOnlyList<ReportRun> runs, Language language)
    {
        yield return language.NotInterleaved;
        var different = Attributes(runs, language).Where(a => a.Differs && a.Kind != DifferenceKind.None).GroupBy(a => a.Kind).ToArray();
        if (different.Length == 0)
        {
            yield return language.SameEverywhere;
        }

        foreach (var kind in different)
        {
            yield return language.Different(Language.Literal(string.Join(", ", kind.Select(a => a.Name))), kind.Key);
        }

        foreach (string caveat in Sentences.Caveats([.. runs.Select(r => r.Results)], language))
        {
            yield return caveat;
        }

        HashSet<string>[] cases = [.. runs.Select(r => r.Results.Cases.Select(c => $"{c.Id} {c.Metric}").ToHashSet())];
        int all = cases.SelectMany(c => c).Distinct().Count();
        foreach ((ReportRun run, HashSet<string> own) in runs.Zip(cases))
        {
            if (own.Count < all)
            {
                yield return language.LacksCases(Language.Literal(run.Label), all - own.Count, all);
            }
        }
    }

    private static IEnumerable<RunAttribute> Attributes(IReadOnlyList<ReportRun> runs, Language language)
    {
        RunAttribute Of(string name, DifferenceKind kind, Func<RunResults, string> value) => new(name, kind, [.. runs.Select(r => value(r.Results))]);

        yield return Of(language.Cpu, DifferenceKind.Machine, r => r.Environment.Cpu);
        yield return Of(language.CpusOnline, DifferenceKind.Machine, r => Number(r.Environment.Cores));
        yield return Of("SMT", DifferenceKind.Machine, r => r.Environment.Smt);
        yield return Of(language.Governor, DifferenceKind.Machine, r => r.Environment.Governor);
        yield return Of(language.Memory, DifferenceKind.Machine, r => language.Bytes(r.Environment.MemoryBytes));
        yield return Of(language.ClockSource, DifferenceKind.Machine, r => r.Environment.ClockSource);
        yield return Of("KVM", DifferenceKind.Machine, r => r.Environment.Kvm);
        yield return Of(language.Kernel, DifferenceKind.Kernel, r => r.Environment.Kernel);
        yield return Of("UniBench", DifferenceKind.Tool, r => Sentences.Tool(r.Environment));
        foreach (string backend in runs.SelectMany(r => r.Results.Environment.Backends.Keys).Distinct().Where(b => b != runs[0].Results.Environment.Reference() && !runs.Any(r => r.Results.Environment.TraitsOf(b).IsEngine)))
        {
            yield return Of(backend, DifferenceKind.Kernel, r => r.Environment.Backends.GetValueOrDefault(backend, "-"));
        }

        yield return Of(runs[0].Results.Scenario.Path, DifferenceKind.Scenario, r => Short(r.Scenario.Sha256));
        foreach (string program in runs.SelectMany(r => r.Results.Environment.BinaryHashes.Keys).Distinct().Order(StringComparer.Ordinal))
        {
            yield return Of(program, DifferenceKind.Program, r => Short(r.Environment.BinaryHashes.GetValueOrDefault(program, "-")));
        }

        yield return Of(language.Rounds, DifferenceKind.Rounds, r => Number(r.RoundsPlanned) + (r.Interrupted ? $" ({language.InterruptedShort})" : ""));
        yield return Of("seed", DifferenceKind.None, r => Number(r.Environment.Seed));
        yield return Of(language.Started, DifferenceKind.None, r => r.Environment.Started.ToString("yyyy-MM-dd HH:mm:ss zzz", CultureInfo.InvariantCulture));
    }

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Short(string hash) => hash.Length > 12 ? hash[..12] : hash;
}
