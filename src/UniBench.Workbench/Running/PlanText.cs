using System.Globalization;
using System.Text;
using UniBench.Workbench.Scripting;

namespace UniBench.Workbench.Running;

/// <summary>What a run would do: its cases, how often each is launched, and how long that will take.</summary>
internal static class PlanText
{
    public static string Of(ScenarioPlan scenario, RunOptions options, IReadOnlyDictionary<string, string> unavailable)
    {
        IReadOnlyList<LaunchableCase> plan = PlannedCases.Build(scenario, options, unavailable);
        LaunchableCase[] runs = [.. plan.Where(p => p.Planned.NotRunReason is null)];
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"{ScenarioFiles.Shown(scenario.Path)}: {scenario.Title}\n");
        foreach (LaunchableCase run in plan)
        {
            string metrics = string.Join(", ", run.Planned.Metrics.Select(m => $"{m.Name} [{m.Unit}]"));
            string workload = string.Join(" | ", run.Request.Stages.Select(s => string.Join(' ', s.Arguments)));
            string missing = run.Planned.NotRunReason is { } why ? $"  not run: {why}" : "";
            text.Append(CultureInfo.InvariantCulture, $"  {run.Planned.Point.Id}  {metrics}  {workload}{FaultText.Of(run.Request.Faults, "  ")}{missing}\n");
        }

        (int least, int most) = options.WarmupRounds is { } warmup ? (warmup, warmup) : (2, Pacing.MostWarmup(options.Rounds));
        string rounds = string.Create(CultureInfo.InvariantCulture, $"{(options.Precision is null ? "" : "at most ")}{options.Rounds} rounds");
        string warmups = least == most ? $"{least}" : $"{least} to {most}";
        text.Append(CultureInfo.InvariantCulture, $"{runs.Length} {(runs.Length == 1 ? "case" : "cases")}, {warmups} warm-up {(most == 1 ? "round" : "rounds")} and {rounds}: {Times(runs.Length, least + options.Rounds, most + options.Rounds)} launches, in an order shuffled from the seed\n");
        return text.Append(CultureInfo.InvariantCulture, $"duration: {DurationEstimate.Of(scenario, runs, least + options.Rounds, most + options.Rounds, options)}\n").ToString();
    }

    private static string Times(int cases, int least, int most) =>
        string.Create(CultureInfo.InvariantCulture, $"{cases * least}{(least == most ? "" : $" to {cases * most}")}");
}
