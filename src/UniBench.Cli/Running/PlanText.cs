using System.Globalization;
using System.Text;
using UniBench.Cli.Scripting;
using UniBench.Measure;
using UniBench.Measure.Statistics;
using UniBench.Reports;

namespace UniBench.Cli.Running;

/// <summary>What a run would do: its cases, how often each is launched, and how long an earlier run of the scenario took for as much.</summary>
internal static class PlanText
{
    public static string Of(ScenarioPlan scenario, RunOptions options, IReadOnlyDictionary<string, string> unavailable)
    {
        IReadOnlyList<PlannedRun> plan = RunPlan.Build(scenario, options, unavailable);
        PlannedRun[] runs = [.. plan.Where(p => p.Planned.NotRunReason is null)];
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"{scenario.Path}: {scenario.Title}\n");
        foreach (PlannedRun run in plan)
        {
            string metrics = string.Join(", ", run.Planned.Metrics.Select(m => $"{m.Name} [{m.Unit}]"));
            string workload = string.Join(" | ", run.Request.Stages.Select(s => string.Join(' ', s.Arguments)));
            string missing = run.Planned.NotRunReason is { } why ? $"  not run: {why}" : "";
            text.Append(CultureInfo.InvariantCulture, $"  {run.Planned.Point.Id}  {metrics}  {workload}{FaultText.Of(run.Request.Faults, "  ")}{missing}\n");
        }

        (int least, int most) = options.WarmupRounds is { } warmup ? (warmup, warmup) : (2, Pacing.MostWarmup(options.Rounds));
        string rounds = string.Create(CultureInfo.InvariantCulture, $"{(options.Precision is null ? "" : "at most ")}{options.Rounds} rounds");
        string warmups = least == most ? $"{least}" : $"{least} to {most}";
        text.Append(CultureInfo.InvariantCulture, $"{runs.Length} cases, {warmups} warm-up rounds and {rounds}: {Times(runs.Length, least + options.Rounds, most + options.Rounds)} launches, in an order shuffled from the seed\n");
        return text.Append(CultureInfo.InvariantCulture, $"duration: {Duration(scenario, runs, least + options.Rounds)}\n").ToString();
    }

    private static string Times(int cases, int least, int most) =>
        string.Create(CultureInfo.InvariantCulture, $"{cases * least}{(least == most ? "" : $" to {cases * most}")}");

    /// <summary>From the newest run in reports/ that has launched these cases. A round also costs what lies between launches, which the run's own clock shows.</summary>
    private static string Duration(ScenarioPlan scenario, PlannedRun[] runs, int rounds)
    {
        const string Reports = "reports";
        IEnumerable<FileInfo> files = Directory.Exists(Reports)
            ? new DirectoryInfo(Reports).EnumerateDirectories().Select(d => new FileInfo(Path.Combine(d.FullName, ResultsFile.Name))).Where(f => f.Exists).OrderByDescending(f => f.LastWriteTimeUtc)
            : [];
        foreach (FileInfo file in files)
        {
            if (Load(file.FullName) is not { } earlier || Path.GetFileNameWithoutExtension(earlier.Scenario.Path) != scenario.Name)
            {
                continue;
            }

            ILookup<string, double> walls = earlier.Rounds.Where(r => r.Status == CaseStatus.Ok).ToLookup(r => r.CaseId, r => r.WallS);
            PlannedRun[] known = [.. runs.Where(r => walls.Contains(r.Planned.Point.Id))];
            if (known.Length > 0)
            {
                double seconds = known.Sum(r => Median.Of([.. walls[r.Planned.Point.Id]])) * rounds;
                string partly = known.Length < runs.Length ? string.Create(CultureInfo.InvariantCulture, $", {runs.Length - known.Length} cases not included") : "";
                return string.Create(CultureInfo.InvariantCulture, $"about {seconds:0.#} s of launches, judging by {file.Directory!.Name}{partly}");
            }
        }

        return "unknown: no earlier run of this scenario in reports/";
    }

    private static RunResults? Load(string file)
    {
        try
        {
            return ResultsFile.Load(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            return null; // it is only an estimate's source
        }
    }
}
