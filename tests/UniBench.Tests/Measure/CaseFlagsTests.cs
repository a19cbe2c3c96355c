using NUnit.Framework;
using UniBench.Measure;

namespace UniBench.Tests.Measure;

public sealed class CaseFlagsTests
{
    private static readonly MetricSpec Rtt = new("rtt_p50", "ns", Better.Lower);

    [Test]
    public void Every_case_that_a_finding_counts_has_its_flag_and_no_other()
    {
        RunResults results = Run(12, i => i % 2 == 0 ? 4 : 50);
        Finding finding = results.Findings.Single(f => f.Code == "bimodal");
        Assert.That(finding.Message, Does.Contain("and 8 more"));
        Assert.That(results.Cases.Count(c => Codes(c, results).Contains("bimodal")), Is.EqualTo(12));
        Assert.That(results.Cases.SelectMany(c => Codes(c, results)).Distinct(), Is.EquivalentTo(results.Findings.Select(f => f.Code)));
    }

    [Test]
    public void A_flag_says_how_much()
    {
        Assert.That(Texts(Run(1, i => i % 2 == 0 ? 4 : 50)), Is.SupersetOf(new[] { "bimodal 12.5x" }));
        Assert.That(Texts(Run(1, i => i == 3 ? 900 : 100 + (i % 4))), Is.EqualTo(new[] { "outliers 1" }));
        Assert.That(Texts(Run(1, i => 100 + (2 * i))), Is.SupersetOf(new[] { "drift +18 %" }));
        Assert.That(Texts(Run(1, i => 100, rounds: 3)), Is.EqualTo(new[] { "few-rounds 75 %" }));
    }

    [Test]
    public void A_case_that_was_not_run_says_so() => Assert.That(Texts(Run(1, i => 100, rounds: 0)), Is.EqualTo(new[] { "not-run" }));

    [Test]
    public void A_crash_report_is_a_flag_of_its_case()
    {
        RunResults quiet = Run(2, i => 100 + (i % 4));
        RunResults results = quiet with { Rounds = [.. quiet.Rounds.Select(r => r.CaseId == quiet.Cases[1].Id ? r with { Notes = ["limit hit"] } : r)] };
        Assert.That(CaseFlags.Of(results.Cases[0], results), Is.Empty);
        Assert.That(CaseFlags.Of(results.Cases[1], results), Is.EqualTo(new[] { new CaseFlag("note", "", "limit hit") }));
    }

    private static IEnumerable<string> Codes(CaseMetric one, RunResults results) => CaseFlags.Of(one, results).Select(f => f.Code);

    private static string[] Texts(RunResults results) => [.. CaseFlags.Of(results.Cases[0], results).Select(f => f.ToString())];

    private static RunResults Run(int cases, Func<int, double> value, int rounds = 20)
    {
        CasePoint[] points = [.. Enumerable.Range(1, cases).Select(size => Fabricated.Point("rtt", $"{size}", "process", "same"))];
        return ResultsBuilder.Assemble(
            Fabricated.Description(), [.. points.Select(p => new PlannedCase(p, [Rtt]))],
            [.. Enumerable.Range(0, rounds).SelectMany(i => points.Select(p => Fabricated.Round(p, i) with { Samples = new Dictionary<string, double> { ["rtt_p50"] = value(i) } }))],
            [], interrupted: false);
    }
}
