using UniBench.Measure;
using UniBench.Reports.Languages;

namespace UniBench.Reports.Model;

/// <summary>The paragraphs every report ends with. Code stands between backticks.</summary>
internal static class Sentences
{
    public static string Method(RunResults results, Language language)
    {
        CaseMetric? weakest = results.Cases.Where(c => c.Summary is not null).MinBy(c => c.Summary!.Coverage);
        return language.MethodOf(results.WarmupRounds, results.RoundsPlanned, results.Environment.Seed, language.Percent(results.Verdicts.Threshold))
            + (weakest is null ? "" : language.CoverageOf(language.Percent(results.Verdicts.Confidence()), language.Percent(weakest.Summary!.Coverage)));
    }

    public static string Differences(RunResults results, Language language) =>
        language.DifferencesExplained(language.Percent(results.Verdicts.Threshold), language.Percent(results.Verdicts.Confidence()));

    public static string Quantiles(RunResults results, Language language) => language.QuantilesExplained(language.Percent(results.Verdicts.Confidence()));

    public static string Environment(RunEnvironment environment, Language language) =>
        language.EnvironmentOf(environment, language.Bytes(environment.MemoryBytes), Language.Literal(Tool(environment)));

    public static IEnumerable<string> Caveats(RunResults results, Language language)
    {
        string[] methods = [.. results.Rounds.Select(r => r.MemoryMethod).Where(m => m.Length > 0).Distinct().Order(StringComparer.Ordinal)];
        return
        [
            .. Caveats([results], language),
            .. methods.Length > 1 ? [language.MemoryCaveat(Language.Literal(string.Join("; ", methods)))] : Array.Empty<string>(),
            .. results.Environment.Kvm.Contains("nested", StringComparison.OrdinalIgnoreCase) && results.Cases.Any(c => results.Environment.TraitsOf(c.Backend).IsVm) ? [language.NestedCaveat] : Array.Empty<string>(),
        ];
    }

    /// <summary>Those that do not depend on where a run was made.</summary>
    public static IEnumerable<string> Caveats(IReadOnlyList<RunResults> runs, Language language)
    {
        ILookup<bool, string> engine = runs
            .SelectMany(r => r.Environment.InOrder(r.Cases.Select(c => c.Backend)).Select(r.Environment.TraitsOf))
            .DistinctBy(t => t.Name)
            .ToLookup(t => t.IsEngine, t => t.Name);
        return language.Caveats(Loops.Of(runs), [.. engine[true]], [.. engine[false]]);
    }

    public static string Tool(RunEnvironment environment) =>
        environment.GitCommit is null ? environment.ToolVersion : $"{environment.ToolVersion}, commit {environment.GitCommit}";
}
