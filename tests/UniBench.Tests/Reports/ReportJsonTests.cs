using System.Text.Json;
using NUnit.Framework;
using UniBench.Measure;
using UniBench.Measure.Statistics;
using UniBench.Reports;
using UniBench.Reports.Json;
using UniBench.Tests.Measure;

namespace UniBench.Tests.Reports;

public sealed class ReportJsonTests
{
    [Test]
    public void It_holds_every_case_with_the_numbers_of_the_statistics()
    {
        RunResults results = FabricatedRun.Pipeline();
        JsonElement root = JsonDocument.Parse(ReportJson.Render([new ReportRun("one", results, "../results.json")])).RootElement;
        Assert.That(root.GetProperty("schema").GetString(), Is.EqualTo("unibench-report/1"));
        JsonElement run = root.GetProperty("runs")[0];
        Assert.That(run.GetProperty("results").GetString(), Is.EqualTo("../results.json"));
        JsonElement[] cases = [.. run.GetProperty("cases").EnumerateArray()];
        Assert.That(cases, Has.Length.EqualTo(results.Cases.Count));
        int ratios = 0;
        foreach ((JsonElement json, CaseMetric one) in cases.Zip(results.Cases))
        {
            Assert.That(json.GetProperty("id").GetString(), Is.EqualTo(one.Id));
            double? written = json.TryGetProperty("median", out JsonElement median) ? median.GetDouble() : null;
            Assert.That(written, Is.EqualTo(one.Summary?.Median));
            if (json.TryGetProperty("vs_process", out JsonElement ratio))
            {
                RatioEstimate expected = RatioToReference.Of(results, one, RatioToReference.SamePlacement(results, one)!)!;
                Assert.That(ratio.GetProperty("ratio").GetDouble(), Is.EqualTo(expected.Value));
                Assert.That(ratio.GetProperty("high").GetDouble(), Is.EqualTo(expected.Interval.High));
                ratios++;
            }
        }

        Assert.That(ratios, Is.GreaterThan(15));
    }

    [Test]
    public void It_holds_spread_flags_and_the_quantiles_of_histograms()
    {
        RunResults results = FabricatedRun.Pipeline();
        JsonElement run = JsonDocument.Parse(ReportJson.Render([new ReportRun("one", results, "../results.json")])).RootElement.GetProperty("runs")[0];
        CaseMetric one = results.Cases.Single(c => c.Id == "pipeline/rtt{size=64k}/unikernel/same");
        JsonElement json = run.GetProperty("cases").EnumerateArray().Single(c => c.GetProperty("id").GetString() == one.Id);
        Assert.That(json.GetProperty("mad").GetDouble(), Is.EqualTo(one.Summary!.Mad));
        Assert.That(json.GetProperty("flags")[0].GetProperty("code").GetString(), Is.EqualTo("outliers"));
        JsonElement latency = run.GetProperty("latencies").EnumerateArray().First();
        JsonElement[] quantiles = [.. latency.GetProperty("quantiles").EnumerateArray()];
        Assert.That(quantiles.Select(q => q.GetProperty("name").GetString()), Is.EqualTo(new[] { "p50", "p90", "p99", "p99.9" }));
        Assert.That(quantiles.Select(q => q.GetProperty("pooled").GetBoolean()), Is.EqualTo(new[] { false, false, false, true }));
        Assert.That(quantiles[^1].TryGetProperty("coverage", out _), Is.False);
        Assert.That(latency.GetProperty("operations").GetInt64(), Is.EqualTo(results.Rounds.Where(r => !r.Warmup && r.CaseId == latency.GetProperty("id").GetString()).Sum(r => r.Histograms["rtt"].Buckets.Sum(b => b.Count))));
    }
}
