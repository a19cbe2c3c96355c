using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using UniBench.Measure;
using UniBench.Measure.Statistics;

namespace UniBench.Reports.Json;

/// <summary>
/// report.json: what the report's tables say, for scripts: each case of each metric with its summary and its ratios to the process.
/// Everything rawer is in results.json. A ratio is the case's value divided by the process's, whatever the metric's direction.
/// </summary>
internal static class ReportJson
{
    public const string FileName = "report.json";
    public const string Schema = "unibench-report/1";

    public static string Render(IReadOnlyList<ReportRun> runs)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter json = new(stream, new JsonWriterOptions { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteString("schema", Schema);
            json.WriteStartArray("runs");
            foreach (ReportRun run in runs)
            {
                Run(json, run);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray()) + "\n";
    }

    private static void Run(Utf8JsonWriter json, ReportRun run)
    {
        RunResults results = run.Results;
        json.WriteStartObject();
        json.WriteString("label", run.Label);
        json.WriteString("title", results.Title);
        json.WriteString("results", run.Link);
        json.WriteString("started", results.Environment.Started);
        json.WriteNumber("rounds_planned", results.RoundsPlanned);
        json.WriteBoolean("interrupted", results.Interrupted);
        json.WriteNumber("threshold", results.Verdicts.Threshold);
        json.WriteNumber("alpha", results.Verdicts.Alpha);
        json.WriteStartArray("cases");
        foreach (CaseMetric one in results.Cases)
        {
            Case(json, results, one);
        }

        json.WriteEndArray();
        LatencyJson.Write(json, results);
        json.WriteEndObject();
    }

    private static void Case(Utf8JsonWriter json, RunResults results, CaseMetric one)
    {
        json.WriteStartObject();
        json.WriteString("id", one.Id);
        json.WriteString("scenario", one.Scenario);
        json.WriteString("workload", one.Name);
        json.WriteStartObject("params");
        foreach ((string name, string value) in one.Params)
        {
            json.WriteString(name, value);
        }

        json.WriteEndObject();
        json.WriteString("backend", one.Backend);
        json.WriteString("placement", one.Placement);
        json.WriteString("metric", one.Metric);
        json.WriteString("unit", one.Unit);
        json.WriteString("better", one.Better == Better.Lower ? "lower" : "higher");
        json.WriteString("status", one.Status);
        json.WriteString("reason", one.Reason);
        if (one.Summary is { } s)
        {
            json.WriteNumber("n", s.N);
            json.WriteNumber("median", s.Median);
            json.WriteNumber("low", s.Low);
            json.WriteNumber("high", s.High);
            json.WriteNumber("coverage", s.Coverage);
            json.WriteNumber("min", s.Min);
            json.WriteNumber("max", s.Max);
            json.WriteNumber("mad", s.Mad);
            Ratio(json, "vs_process", results, one, RatioToReference.SamePlacement(results, one));
            Ratio(json, "vs_best_process", results, one, RatioToReference.BestPlacement(results, one));
        }

        FlagsJson.Write(json, CaseFlags.Of(one, results));
        Number(json, "cpu_s", one.CpuS);
        Number(json, "wall_s", one.WallS);
        Number(json, "max_rss_bytes", one.MaxRssBytes);
        json.WriteEndObject();
    }

    private static void Ratio(Utf8JsonWriter json, string name, RunResults results, CaseMetric one, CaseMetric? reference)
    {
        if (one.Backend == results.Environment.Reference() || reference?.Summary is null
            || RatioToReference.Judge(results, one, reference) is not { } verdict)
        {
            return;
        }

        RatioEstimate ratio = verdict.Estimate;
        json.WriteStartObject(name);
        json.WriteString("placement", reference.Placement);
        json.WriteNumber("pairs", ratio.N);
        json.WriteNumber("ratio", ratio.Value);
        json.WriteNumber("low", ratio.Interval.Low);
        json.WriteNumber("high", ratio.Interval.High);
        json.WriteNumber("coverage", ratio.Interval.Coverage);
        if (RatioToReference.Shift(results, one, reference) is { } shift)
        {
            json.WriteNumber("difference", shift.Estimate);
            json.WriteNumber("difference_low", shift.Interval.Low);
            json.WriteNumber("difference_high", shift.Interval.High);
        }

        json.WriteString("verdict", verdict.Outcome.ToString().ToLowerInvariant());
        Number(json, "more_rounds", verdict.MoreRounds);
        json.WriteEndObject();
    }

    private static void Number(Utf8JsonWriter json, string name, double? value)
    {
        if (value is { } number)
        {
            json.WriteNumber(name, number);
        }
    }
}
