using System.Globalization;
using UniBench.Measure;
using UniBench.Measure.Comparing;
using UniBench.Reports.Languages;

namespace UniBench.Reports.Model;

/// <summary>The tables that every run has: its cost, what is missing, where it ran, which files it used.</summary>
internal static class ClosingTables
{
    /// <summary>Wall and CPU time and memory of whole launches, from outside the programs; null when nothing was launched.</summary>
    /// <param name="withMethod">How memory was counted, in a column of its own.</param>
    public static TextTable? Cost(RunResults results, Language language, bool withMethod)
    {
        CaseMetric[] cases = [.. results.Cases.Where(c => c is { WallS: not null, CpuS: not null }).DistinctBy(c => c.Id)];
        if (cases.Length == 0)
        {
            return null;
        }

        TextTable table = new(
        [
            language.Case, $">{language.WallSeconds}", $">{language.CpuSeconds}", $">{language.CpusBusy}",
            $">{language.PeakMemory}", .. withMethod ? [language.MemoryMethod] : Array.Empty<string>(),
        ]);
        foreach (CaseMetric one in cases)
        {
            table.Row([
                one.Id, language.Number(one.WallS!.Value), language.Number(one.CpuS!.Value),
                one.WallS > 0 ? language.Number(one.CpuS.Value / one.WallS.Value) : "?",
                one.MaxRssBytes > 0 ? language.Bytes(one.MaxRssBytes.Value) : "?",
                .. withMethod ? [MethodOf(results, one) ?? language.Unknown] : Array.Empty<string>()]);
        }

        return table;
    }

    /// <summary>How memory was counted, for each backend: <c>process: cgroup peak</c>.</summary>
    public static string MemoryMethods(RunResults results) => string.Join("; ", results.Cases
        .DistinctBy(c => c.Id)
        .Select(c => (c.Backend, Method: MethodOf(results, c)))
        .Where(x => x.Method is not null)
        .Distinct()
        .Select(x => $"{x.Backend}: {x.Method}"));

    private static string? MethodOf(RunResults results, CaseMetric one) =>
        results.Rounds.FirstOrDefault(r => r.CaseId == one.Id && r.MemoryMethod.Length > 0)?.MemoryMethod;

    /// <summary>Cases that failed or did not run; null when there are none.</summary>
    public static TextTable? WithoutResult(RunResults results, Language language)
    {
        CaseMetric[] cases = [.. results.Cases.Where(c => c.Status != CaseStatus.Ok)];
        TextTable table = new([language.Case, language.Metric, language.Status, language.Reason]);
        foreach (CaseMetric one in cases)
        {
            table.Row([one.Id, one.Metric, one.Status, one.Reason?.Split('\n')[0] ?? language.Unknown]);
        }

        return cases.Length == 0 ? null : table;
    }

    public static TextTable Environment(RunResults results, Language language)
    {
        RunEnvironment e = results.Environment;
        YardstickMedians yardsticks = YardstickMedians.Of(results);
        TextTable table = new([language.What, language.Value]);
        table.Row([language.Cpu, e.Cpu]);
        table.Row([language.CpusOnline, e.Cores.ToString(CultureInfo.InvariantCulture)]);
        table.Row(["SMT", e.Smt]);
        table.Row([language.Governor, e.Governor]);
        table.Row([language.Memory, language.Bytes(e.MemoryBytes)]);
        table.Row([language.Kernel, e.Kernel]);
        table.Row(["KVM", e.Kvm]);
        table.Row([language.ClockSource, e.ClockSource]);
        table.Row(["UniBench", Sentences.Tool(e)]);
        if (yardsticks.CacheLineNs is { } line)
        {
            table.Row([language.CacheLine, $"{language.Number(line)} ns"]);
        }

        if (yardsticks.WakeUpNs is { } wake)
        {
            table.Row([language.WakeUp, $"{language.Number(wake / 1e3)} µs"]);
        }

        if (yardsticks.StepNs is { } step)
        {
            table.Row([language.Multiplication, $"{language.Number(step)} ns"]);
        }

        foreach ((string key, string value) in e.Backends.Concat(e.HostLimits))
        {
            table.Row([key, value]);
        }

        table.Row([language.Started, e.Started.ToString("yyyy-MM-dd HH:mm:ss zzz", CultureInfo.InvariantCulture)]);
        return table;
    }

    public static TextTable Hashes(RunResults results, Language language)
    {
        TextTable table = new([language.File, "SHA-256"]);
        table.Row([results.Scenario.Path, results.Scenario.Sha256]);
        foreach ((string name, string hash) in results.Environment.BinaryHashes.OrderBy(h => h.Key, StringComparer.Ordinal))
        {
            table.Row([name, hash]);
        }

        return table;
    }
}
