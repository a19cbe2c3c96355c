using System.Globalization;
using System.Text;
using UniBench.Measure;
using UniBench.Reports.Model;

namespace UniBench.Reports.Markdown;

/// <summary>The end of a report: what is not comparable, method, environment, how to reproduce, hashes.</summary>
internal static class Closing
{
    public static void Append(StringBuilder text, RunResults results)
    {
        text.Append("## What is not comparable\n\n");
        foreach (string caveat in Caveats(results))
        {
            text.Append(CultureInfo.InvariantCulture, $"- {caveat}\n");
        }

        text.Append(CultureInfo.InvariantCulture, $"\n## Method\n\n{Method(results)}\n\n");
        Environment(text, results.Environment);
        Reproduce(text, results);
    }

    private static IEnumerable<string> Caveats(RunResults results)
    {
        yield return "A unikernel runs on our library OS, a process and a container on the host's kernel: the program is the same file, the system calls beneath it are not.";
        yield return "Placement `same` keeps every process of a workload on one CPU, `cross` on two, `free` leaves it to the scheduler, which for unikernels is the engine: each process gets the CPU with the fewest. Numbers of different placements answer different questions.";
        yield return "Latencies are from closed loops: the next operation starts when the last one ended. They are service times, not response times under load.";
        yield return "Samples are what programs stamp themselves; starting the backend is in them only where a program measures starting. The cost table covers whole launches.";
        string[] methods = [.. results.Rounds.Select(r => r.MemoryMethod).Where(m => m.Length > 0).Distinct().Order(StringComparer.Ordinal)];
        if (methods.Length > 1)
        {
            yield return $"Memory is counted in different ways ({MarkdownText.Escape(string.Join("; ", methods))}): compare orders of magnitude only.";
        }

        if (results.Environment.Kvm.Contains("nested", StringComparison.OrdinalIgnoreCase))
        {
            yield return "KVM is nested here: a VM exit costs several times what it costs on bare metal.";
        }
    }

    private static string Method(RunResults results)
    {
        CaseResult? measured = results.Cases.Where(c => c.Summary is not null).MinBy(c => c.Summary!.Coverage);
        string coverage = measured is null ? "" : string.Create(
            CultureInfo.InvariantCulture,
            $" Intervals ask for 99 % coverage; with these rounds the weakest median interval has {Figure.Percent(measured.Summary!.Coverage)}, and a ratio that misses 99 % prints its own coverage behind it.");
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{results.WarmupRounds} warm-up rounds, not counted, then {results.RoundsPlanned} rounds; a round launches every case once, in an order shuffled with seed {results.Environment.Seed}. ")
            + "A number is the median over rounds of what the program reported in each; iterations inside a round are never pooled for a statistic. "
            + "Its interval is the exact order-statistic interval of the median. Ratios compare launches of the same round: Hodges-Lehmann estimate of the log ratios with the exact Wilcoxon signed-rank interval. "
            + "A ratio is written so that it is 1 or more, with its direction; a leading `~` marks an interval that holds 1. *Best process* is the process in the placement with its best median. "
            + "Nothing was dropped: outliers are in the numbers." + coverage;
    }

    private static void Environment(StringBuilder text, RunEnvironment e)
    {
        text.Append("## Environment\n\n");
        var table = new MarkdownTable(["what", "value"]);
        table.Row(["CPU", e.Cpu]);
        table.Row(["CPUs online", e.Cores.ToString(CultureInfo.InvariantCulture)]);
        table.Row(["SMT", e.Smt]);
        table.Row(["governor", e.Governor]);
        table.Row(["memory", Figure.Bytes(e.MemoryBytes)]);
        table.Row(["kernel", e.Kernel]);
        table.Row(["KVM", e.Kvm]);
        table.Row(["clock source", e.ClockSource]);
        table.Row(["UniBench", e.GitCommit is null ? e.ToolVersion : $"{e.ToolVersion}, commit {e.GitCommit}"]);
        foreach ((string key, string value) in e.Backends.Concat(e.HostLimits))
        {
            table.Row([key, value]);
        }

        table.Row(["started", e.Started.ToString("yyyy-MM-dd HH:mm:ss zzz", CultureInfo.InvariantCulture)]);
        text.Append(CultureInfo.InvariantCulture, $"{table}\n");
    }

    private static void Reproduce(StringBuilder text, RunResults results)
    {
        RunEnvironment e = results.Environment;
        string seed = e.CommandLine.Contains("--seed", StringComparison.Ordinal) ? "" : SeedAdvice(e.Seed);
        text.Append(CultureInfo.InvariantCulture, $"## Reproduce\n\n```sh\n./run.sh {e.CommandLine.ReplaceLineEndings(" ")}\n```\n\n{seed}");
        text.Append("Raw records of every launch are in [results.json](results.json).\n\n");
        var table = new MarkdownTable(["file", "SHA-256"]);
        table.Row([results.Scenario.Path, results.Scenario.Sha256]);
        foreach ((string name, string hash) in e.BinaryHashes.OrderBy(h => h.Key, StringComparer.Ordinal))
        {
            table.Row([name, hash]);
        }

        text.Append(CultureInfo.InvariantCulture, $"{table}");
    }

    private static string SeedAdvice(long seed) =>
        string.Create(CultureInfo.InvariantCulture, $"Add `--seed {seed}` for the same order of launches.\n\n");
}
