using System.Globalization;
using NUnit.Framework;
using UniBench.Measure;
using UniBench.Measure.Statistics;
using UniBench.Reports;
using UniBench.Reports.Csv;
using UniBench.Tests.Measure;

namespace UniBench.Tests.Reports;

public sealed class RoundsCsvTests
{
    private static readonly RunResults Results = FabricatedRun.Pipeline();

    [Test]
    public void Every_median_of_the_report_can_be_computed_again_from_its_rows()
    {
        Dictionary<string, string>[] rows = Rows(RoundsCsv.Render([new ReportRun("one", Results)]));
        CaseMetric[] measured = [.. Results.Cases.Where(c => c.Summary is not null)];
        Assert.That(measured, Has.Length.GreaterThan(20));
        foreach (CaseMetric one in measured)
        {
            double[] values = [.. rows
                .Where(r => r["case"] == one.Id && r["metric"] == one.Metric && r["warmup"] == "false" && r["status"] == "ok")
                .Select(r => double.Parse(r["value"], CultureInfo.InvariantCulture))];
            Assert.That(Median.Of(values), Is.EqualTo(one.Summary!.Median), one.Id);
        }
    }

    [Test]
    public void Every_launch_has_its_rows_the_failed_and_the_warm_up_ones_too()
    {
        Dictionary<string, string>[] rows = Rows(RoundsCsv.Render([new ReportRun("one", Results)]));
        Assert.That(rows.Count(r => r["metric"] == "launch.wall"), Is.EqualTo(Results.Rounds.Count));
        Assert.That(rows.Count(r => r["metric"] == "launch.wall" && r["status"] == "failed"), Is.EqualTo(Results.Rounds.Count(r => r.Status == "failed")).And.Positive);
        Assert.That(rows.Count(r => r["metric"] == "launch.wall" && r["warmup"] == "true"), Is.EqualTo(Results.Rounds.Count(r => r.Warmup)).And.Positive);
        Assert.That(rows.Where(r => r["metric"] == "rtt_p50").Select(r => (r["unit"], r["scenario"], r["workload"])).Distinct(), Is.EqualTo(new[] { ("ns", "pipeline", "rtt") }));
    }

    [Test]
    public void Several_runs_share_one_table()
    {
        Dictionary<string, string>[] rows = Rows(RoundsCsv.Render([new ReportRun("a", Results), new ReportRun("b", Results)]));
        Assert.That(rows.Count(r => r["run"] == "a"), Is.EqualTo(rows.Count(r => r["run"] == "b")).And.EqualTo(rows.Length / 2));
    }

    [Test]
    public void Fields_with_commas_quotes_and_line_ends_are_quoted()
    {
        CsvText text = new();
        text.Line(["a", "b,c", "d\"e", "f\ng", ""]);
        Assert.That(text.ToString(), Is.EqualTo("a,\"b,c\",\"d\"\"e\",\"f\ng\",\n"));
    }

    private static Dictionary<string, string>[] Rows(string csv)
    {
        string[][] lines = [.. csv.TrimEnd('\n').Split('\n').Select(l => l.Split(','))];
        Assert.That(lines.Select(l => l.Length).Distinct().Count(), Is.EqualTo(1));
        return [.. lines.Skip(1).Select(l => lines[0].Zip(l).ToDictionary(p => p.First, p => p.Second))];
    }
}
