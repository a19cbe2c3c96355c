using System.Globalization;
using UniBench.Measure;

namespace UniBench.Reports.Csv;

/// <summary>
/// rounds.csv, for R, pandas and spreadsheets: long form, one row for each launch and number, warm-up and failed launches
/// included and marked. What programs report has its own name; what the runner saw from outside begins with <c>launch.</c>.
/// </summary>
internal static class RoundsCsv
{
    public const string FileName = "rounds.csv";

    private static readonly string[] First = ["run", "case", "scenario", "workload", "backend", "placement"];
    private static readonly string[] Last = ["round", "order", "warmup", "status", "metric", "value", "unit"];

    public static string Render(IReadOnlyList<ReportRun> runs)
    {
        string[] parameters = [.. runs.SelectMany(r => r.Results.Cases).SelectMany(c => c.Params.Keys).Distinct()];
        CsvText text = new();
        text.Line([.. First, .. parameters.Select(p => $"param.{p}"), .. Last]);
        foreach (ReportRun run in runs)
        {
            Dictionary<string, CaseMetric> cases = run.Results.Cases.DistinctBy(c => c.Id).ToDictionary(c => c.Id);
            Dictionary<(string, string), string> units = run.Results.Cases.ToDictionary(c => (c.Id, c.Metric), c => c.Unit);
            foreach (RoundRecord round in run.Results.Rounds.Where(r => cases.ContainsKey(r.CaseId)))
            {
                CaseMetric one = cases[round.CaseId];
                string[] before =
                [
                    run.Label, one.Id, one.Scenario, one.Name, one.Backend, one.Placement,
                    .. parameters.Select(p => one.Params.GetValueOrDefault(p, "")),
                    round.Round.ToString(CultureInfo.InvariantCulture), round.Order.ToString(CultureInfo.InvariantCulture),
                    round.Warmup ? "true" : "false", round.Status,
                ];
                foreach ((string metric, double value) in round.Samples)
                {
                    text.Line([.. before, metric, Number(value), units.GetValueOrDefault((one.Id, metric), "")]);
                }

                foreach ((string metric, double value, string unit) in OfLaunch(round))
                {
                    text.Line([.. before, metric, Number(value), unit]);
                }
            }
        }

        return text.ToString();
    }

    private static IEnumerable<(string Metric, double Value, string Unit)> OfLaunch(RoundRecord round)
    {
        yield return ("launch.wall", round.WallS, "s");
        yield return ("launch.cpu_user", round.CpuUserS, "s");
        yield return ("launch.cpu_system", round.CpuSystemS, "s");
        yield return ("launch.cpu_monitor", round.CpuMonitorS, "s");
        yield return ("launch.max_rss", round.MaxRssBytes, "B");
        if (round.StealTicks is { } steal)
        {
            yield return ("launch.steal", steal, "ticks");
        }
    }

    private static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
