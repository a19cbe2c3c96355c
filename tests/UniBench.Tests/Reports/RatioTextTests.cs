using NUnit.Framework;
using UniBench.Measure;
using UniBench.Measure.Comparing;
using UniBench.Measure.Statistics;
using UniBench.Reports.Languages;
using UniBench.Reports.Model;
using UniBench.Tests.Measure;

namespace UniBench.Tests.Reports;

/// <summary>A verdict on a backend in words: what is beyond the threshold, within it, or undecided.</summary>
public sealed class RatioTextTests
{
    private static readonly CaseMetric Time = FabricatedRun.Pipeline().Cases[0];

    [TestCase(0.5, 0.48, 0.52, 0.49, 0.51, "2.00x faster [1.92, 2.08]")]
    [TestCase(1.2, 1.1, 1.3, 1.15, 1.25, "1.20x slower [1.10, 1.30]")]
    [TestCase(1.01, 0.97, 1.06, 0.98, 1.04, "same: 1.01x slower [0.970, 1.06]")]
    [TestCase(1.03, 1.01, 1.06, 1.02, 1.045, "same: 1.03x slower [1.01, 1.06]")]
    [TestCase(1.06, 1.02, 1.1, 1.03, 1.09, "? 1.06x slower [1.02, 1.10], far more rounds would not be enough")]
    [TestCase(1.049, 0.8, 1.3, 0.85, 1.2, "? 1.05x slower [0.800, 1.30], too near the threshold")]
    public void It_says_where_the_interval_lies(double value, double low, double high, double narrowLow, double narrowHigh, string expected)
    {
        RatioEstimate ratio = new(20, value, new Interval(low, high, 0.991, true), new Interval(narrowLow, narrowHigh, 0.902, true), 8);
        Assert.That(RatioText.Full(Verdict.Of(ratio, Better.Lower, 0.05), Time, Language.English), Is.EqualTo(expected));
    }

    [TestCase(new[] { 1.47, 6.22 }, "1.47x to 6.22x faster", "η επίδοση είναι 1,47 έως 6,22 φορές εκείνη της διεργασίας")]
    [TestCase(new[] { 0.25, 0.5 }, "2.00x to 4.00x slower", "2,00 έως 4,00 φορές βραδύτερο")]
    [TestCase(new[] { 0.5, 3 }, "2.00x slower to 3.00x faster", "από 2,00 φορές βραδύτερο έως 3,00 φορές ταχύτερο")]
    public void A_range_keeps_every_number_at_one_or_more_with_its_direction(double[] improvements, string english, string greek) =>
        Assert.That((RatioText.Range(improvements, "ns", Language.English), RatioText.Range(improvements, "ns", Language.Greek)), Is.EqualTo((english, greek)));

    [TestCase(null, "too near the threshold")]
    [TestCase(1, "needs about 1 more round")]
    [TestCase(19, "needs about 19 more rounds")]
    [TestCase(61, "needs about 70 more rounds")]
    [TestCase(1692, "far more rounds would not be enough")]
    public void What_would_decide_is_no_more_exact_than_an_estimate_is(int? more, string expected) => Assert.That(RatioText.Needed(more, Language.English), Is.EqualTo(expected));

    [Test]
    public void Too_few_rounds_say_how_many_are_missing_and_what_the_interval_covers()
    {
        RatioEstimate ratio = RatioEstimate.Paired([1, 2, 3], [1, 2, 3]);
        Assert.That(RatioText.Full(Verdict.Of(ratio, Better.Lower, 0.05), Time, Language.English), Is.EqualTo("? 1.00x [1.00, 1.00] (75 %), needs about 5 more rounds"));
    }

    [Test]
    public void The_table_of_differences_has_every_compared_case_and_another_threshold_changes_its_verdicts()
    {
        RunResults run = FabricatedRun.Pipeline(rounds: 20);
        TextTable table = DifferenceTable.Of(run, MetricTable.Of(run), Language.English)!;
        Assert.That(table.Rows, Has.Count.EqualTo(21));
        string[] container = table.Rows.Single(r => r[0] == "pipeline/rtt{size=1}/container/same").ToArray();
        Assert.That(container[2], Does.StartWith("+0.3").And.EndWith("µs"));
        Assert.That(container[4], Is.EqualTo("slower"));
        RunResults lenient = run with { Verdicts = new VerdictRule(Threshold: 0.2) };
        Assert.That(DifferenceTable.Of(lenient, MetricTable.Of(lenient), Language.English)!.Rows.Single(r => r[0] == container[0])[4], Does.StartWith("same: within 1"));
    }

    [Test]
    public void A_run_without_the_process_has_no_table_of_differences()
    {
        RunResults run = FabricatedRun.Pipeline();
        RunResults alone = run with { Cases = [.. run.Cases.Where(c => c.Backend == "unikernel")] };
        Assert.That(DifferenceTable.Of(alone, MetricTable.Of(alone), Language.English), Is.Null);
    }
}
