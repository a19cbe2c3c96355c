using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using UniBench.Measure;
using UniBench.Measure.Comparing;
using UniBench.Measure.Statistics;
using UniBench.Reports.Json;
using UniBench.Reports.Languages;
using UniBench.Reports.Model;

namespace UniBench.Reports.Numbers;

/// <summary>The numbers of runs, by case and metric, as they stand in report.json: small enough to be kept beside the texts that tell them.</summary>
public sealed class MeasuredNumbers
{
    private static readonly JsonSerializerOptions Options = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) } };

    private readonly Dictionary<(string Id, string Metric), (string Source, Entry Case, double Alpha)> cases = [];

    /// <summary>Of a run's results, or of what a report of them said.</summary>
    /// <param name="path">A results.json or a report.json.</param>
    /// <exception cref="InvalidDataException">It is neither, or has a case that was added already.</exception>
    public void Add(string path)
    {
        byte[] json = File.ReadAllBytes(path);
        try
        {
            if (!IsReport(json))
            {
                json = System.Text.Encoding.UTF8.GetBytes(ReportJson.Render([new ReportRun("", ResultsFile.Load(path))]));
            }

            foreach (Run run in JsonSerializer.Deserialize<Report>(json, Options)!.Runs)
            {
                foreach (Entry one in run.Cases.Where(c => c.Median is not null))
                {
                    if (!cases.TryAdd((one.Id, one.Metric), (path, one, run.Alpha)))
                    {
                        throw new InvalidDataException($"{path}: {one.Id} {one.Metric} is in {cases[(one.Id, one.Metric)].Source}, too");
                    }
                }
            }
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"{path} is no report.json: {ResultsFile.Printable(e.Message)}", e);
        }
    }

    /// <summary>A number as text.</summary>
    /// <param name="field">
    /// <c>ratio</c>: to the reference in the same placement, with interval and verdict; <c>times</c>: how many times as good as it; <c>%CASE</c>: the median in percent of
    /// that case's; else the unit to tell the median in.
    /// </param>
    /// <exception cref="InvalidDataException">There is no such number.</exception>
    public string Text(string id, string metric, string field)
    {
        (Entry one, double alpha) = Find(id, metric);
        return field switch
        {
            "ratio" => RatioText.Short(VerdictOf(one, alpha), one.Unit, one.Better, Language.English),
            "times" => $"{Figure.Of(RatioText.Improvement(VerdictOf(one, alpha).Estimate, one.Better).Value)}x",
            ['%', ..] => string.Create(CultureInfo.InvariantCulture, $"{100 * one.Median!.Value / Find(field[1..], metric).Case.Median!.Value:0} %"),
            _ => UnitScale.To(one.Unit, field) is { } scale
                ? $"{Figure.Of(one.Median!.Value * scale.Factor)} {scale.Unit}"
                : throw new InvalidDataException($"{id} {metric} is in {one.Unit}, which cannot be told in '{field}'"),
        };
    }

    private (Entry Case, double Alpha) Find(string id, string metric) => cases.TryGetValue((id, metric), out (string Source, Entry Case, double Alpha) found)
        ? (found.Case, found.Alpha)
        : throw new InvalidDataException($"no run that was given has {id} {metric}");

    private static bool IsReport(byte[] json) => JsonSerializer.Deserialize<Head>(json, Options)?.Schema == ReportJson.Schema;

    private static Verdict VerdictOf(Entry one, double alpha)
    {
        Ratio ratio = one.VsProcess ?? throw new InvalidDataException($"{one.Id} {one.Metric} has nothing to be compared with");
        Interval interval = new(ratio.Low, ratio.High, ratio.Coverage, ratio.Coverage >= 1 - alpha);
        return new Verdict(ratio.Verdict, new RatioEstimate(ratio.Pairs, ratio.Value, interval, interval, ratio.Pairs), 0, null);
    }

    private sealed record Head(string? Schema);

    private sealed record Report(IReadOnlyList<Run> Runs);

    private sealed record Run(double Alpha, IReadOnlyList<Entry> Cases);

    private sealed record Entry(string Id, string Metric, string Unit, Better Better, double? Median, Ratio? VsProcess);

    private sealed record Ratio(int Pairs, [property: JsonPropertyName("ratio")] double Value, double Low, double High, double Coverage, Outcome Verdict);
}
