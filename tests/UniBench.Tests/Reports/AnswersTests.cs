using NUnit.Framework;
using UniBench.Measure;
using UniBench.Reports;
using UniBench.Reports.Languages;
using UniBench.Reports.Model;
using UniBench.Tests.Measure;

namespace UniBench.Tests.Reports;

/// <summary>Answers tell the bad news beside the good, and answer what was asked.</summary>
public sealed class AnswersTests
{
    private static readonly MetricSpec Latency = new("latency", "ns", Better.Lower);

    [Test]
    public void The_worst_placement_is_told_beside_the_best_in_both_languages()
    {
        RunResults run = Run(["same", "cross"], (backend, placement, x, _) => backend == "process" ? 100 : placement == "cross" ? 10 : 1500);
        Assert.That(Answers(run, Language.English).Single(), Is.EqualTo(
            "rtt: latency at size=1: 10.0 ns as a unikernel (placement cross) and 100 ns as a process in its best placement (same): 10.0x faster [10.0, 10.0]; over the sweep 10.0x to 10.0x faster; at size=8 10.0 ns and 100 ns. "
            + "Worst placement (same): 1500 ns, and 100 ns as a process there: 15.0x slower [15.0, 15.0]; over the sweep 15.0x to 15.0x slower."));
        Assert.That(Answers(run, Language.Greek).Single(), Does.Contain("Στη χειρότερη τοποθέτηση (same): 1500 ns, και 100 ns ως διεργασία εκεί: 15,0 φορές βραδύτερο"));
    }

    [Test]
    public void Nothing_is_called_worst_where_the_best_placement_is_the_only_one_or_compares_worst()
    {
        Assert.That(Answers(Run(["free"], (backend, _, _, _) => backend == "process" ? 100 : 50), Language.English).Single(), Does.Not.Contain("Worst"));
        Assert.That(Answers(Run(["same", "cross"], (backend, placement, _, _) => backend == "process" ? 100 : placement == "same" ? 110 : 120), Language.English).Single(), Does.Contain("Worst placement (cross)"));
    }

    [Test]
    public void Placement_free_in_two_modes_makes_no_headline_and_no_line_in_a_chart()
    {
        RunResults run = Run(["same", "cross", "free"], (backend, placement, _, round) => placement switch { "free" => round % 2 == 0 ? 5 : 90, _ => backend == "process" ? 100 : 50 });
        Report report = new(new ReportRun("r", run), Language.English);
        Assert.That(Answers(run, Language.English).Single(), Does.Not.Contain("free"));
        Assert.That(report.TableCharts[0][0].Draw(), Does.Not.Contain("unikernel, free"));
        Assert.That(report.TableCharts[0][0].Caption, Does.Contain("placement free is left out"));
        Assert.That(MetricLayout.Wide(run, report.Tables[0], Language.English).Rows.Select(r => r[1]), Does.Contain("free"), "the table has all numbers");
    }

    [Test]
    public void What_each_further_one_adds_is_answered_where_the_scenario_asks()
    {
        RunResults run = Run(["free"], (backend, _, x, round) => 500 + (x * (backend == "process" ? 20 : 90)) + round);
        run = run with { Scenario = run.Scenario with { Slopes = [new SlopeQuestion("rtt", "size", "process")], Units = new Dictionary<string, string> { ["size"] = "B" } } };
        Assert.That(Answers(run, Language.English)[1], Is.EqualTo(
            "rtt: latency: each further process adds 90.0 [90.0, 90.0] ns as a unikernel (placement free) and 20.0 [20.0, 20.0] ns as a process: 4.50x slower [4.50, 4.50]."));
        Assert.That(Answers(run, Language.Greek)[1], Does.Contain("κάθε επιπλέον process προσθέτει 90,0"));
        Assert.That(Answers(run, Language.English)[0], Does.Contain("at size=1 B:"));
    }

    [TestCase("65536", "B", "64 KiB")]
    [TestCase("1073741824", "B", "1 GiB")]
    [TestCase("1500", "B", "1500 B")]
    [TestCase("64k", "B", "64 KiB")]
    [TestCase("5", "us", "5 µs")]
    [TestCase("parent", "B", "parent")]
    [TestCase("65536", "", "65536")]
    public void A_parameter_is_told_with_its_unit(string value, string unit, string expected) => Assert.That(ParameterValue.Shown(value, unit), Is.EqualTo(expected));

    private static string[] Answers(RunResults run, Language language) => [.. UniBench.Reports.Model.Answers.Of(new Report(new ReportRun("r", run), language))];

    private static RunResults Run(string[] placements, Func<string, string, double, int, double> value)
    {
        CasePoint[] points = [.. from size in new[] { "1", "4", "8" } from backend in new[] { "unikernel", "process" } from placement in placements select Fabricated.Point("rtt", size, backend, placement)];
        RoundRecord[] rounds = [.. from round in Enumerable.Range(0, 12) from point in points
            select Fabricated.Round(point, round) with { Samples = new Dictionary<string, double> { ["latency"] = value(point.Backend, point.Placement, double.Parse(point.Params["size"]), round) } }];
        return ResultsBuilder.Assemble(Fabricated.Description(), [.. points.Select(p => new PlannedCase(p, [Latency], null))], rounds, [], interrupted: false);
    }
}
