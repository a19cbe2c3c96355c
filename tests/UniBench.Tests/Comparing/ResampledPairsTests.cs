using NUnit.Framework;
using UniBench.Measure;
using UniBench.Measure.Comparing;
using UniBench.Measure.Statistics;
using UniBench.Reports;
using UniBench.Reports.Comparisons;
using UniBench.Tests.Conformance;

namespace UniBench.Tests.Comparing;

/// <summary>
/// Pairs of runs that differ in nothing, or in what was injected: the rounds of a run that was measured, drawn with replacement, whole rounds with their yardsticks. What the default of `compare` says of them.
/// </summary>
public sealed class ResampledPairsTests
{
    private const int Pairs = 30;
    private static readonly Threshold Automatic = new(VerdictRule.DefaultThreshold, IsAutomatic: true);
    private RunResults measured = null!;

    [OneTimeSetUp]
    public void Load() => measured = ResultsFile.Load(Path.Combine(ConformancePrograms.Repository, "reports", "example-pipeline", ResultsFile.Name));

    [Test]
    public void A_machine_that_did_not_move_is_seldom_said_to_have_moved_and_no_more_is_called_different_than_chance_explains()
    {
        var random = new SplitMix64(1);
        int moved = 0, different = 0, all = 0;
        for (int i = 0; i < Pairs; i++)
        {
            Comparison pair = Comparison.Of(Drawn(random), Drawn(random), Automatic);
            moved += ComparisonText.Render(pair, markdown: false).Contains("the machine moved", StringComparison.Ordinal) ? 1 : 0;
            different += pair.Cases.Count(c => c.Verdict?.Outcome is Outcome.Better or Outcome.Worse);
            all += pair.Cases.Count(c => c.Verdict is not null);
        }

        TestContext.Out.WriteLine($"moved {moved} of {Pairs}, different {different} of {all}");
        Assert.That(moved, Is.LessThanOrEqualTo(2));
        Assert.That(different, Is.LessThanOrEqualTo(all / 100));
    }

    [TestCase(1.09)]
    [TestCase(1.15)]
    public void A_loss_beyond_the_threshold_is_never_called_the_same(double loss)
    {
        var random = new SplitMix64(2);
        ComparedMetric[] judged = [.. Enumerable.Range(0, Pairs).SelectMany(_ => Comparison
            .Of(Drawn(random), ComparisonTests.Scaled(Drawn(random), c => c.Backend is "unikernel" or "sandbox" ? c.Better == Better.Lower ? loss : 1 / loss : 1), Automatic)
            .Cases.Where(c => c is { IsJudged: true, Verdict: not null }))];
        int Of(Outcome outcome) => judged.Count(c => c.Verdict!.Outcome == outcome);
        TestContext.Out.WriteLine($"{judged.Length}: {Of(Outcome.Worse)} worse, {Of(Outcome.Same)} same, {Of(Outcome.Indistinct)} cannot be told apart, {Of(Outcome.Inconclusive)} inconclusive");
        Assert.That(Of(Outcome.Same), Is.LessThanOrEqualTo(judged.Length / 50));
        Assert.That(Of(Outcome.Better), Is.Zero);
        Assert.That(Of(Outcome.Worse), Is.Positive);
    }

    /// <summary>
    /// What `run --against` calls a loss. Rounds that follow each other are one build twice, without what both would have in common: the pairs of a run spread less. 40 pairs are drawn, either way round, and the
    /// loss is put into one side.
    /// </summary>
    [TestCase("pipeline/rtt{size=4096}/unikernel/cross")]
    [TestCase("pipeline/rtt{size=4096}/sandbox/cross")]
    public void A_loss_that_is_put_into_one_of_two_builds_is_seen_and_none_where_there_is_none(string id)
    {
        const int Tries = 50, Rounds = 40;
        double[] samples = [.. measured.Cases.Single(c => c.Id == id && c.Metric == "rtt_p50").Samples];
        var random = new SplitMix64(7);
        Dictionary<double, int> called = new[] { 1, 1.02, 1.05 }.ToDictionary(loss => loss, loss => Enumerable.Range(0, Tries).Count(_ =>
        {
            (double Now, double Other)[] pairs = [.. Enumerable.Range(0, Rounds).Select(_ => random.Below(samples.Length - 1)).Select(i => random.Below(2) == 0 ? (samples[i] * loss, samples[i + 1]) : (samples[i + 1] * loss, samples[i]))];
            RatioEstimate ratio = RatioEstimate.Paired([.. pairs.Select(p => p.Now)], [.. pairs.Select(p => p.Other)]);
            return Verdict.Of(ratio, Better.Lower, 0, BuildComparison.Same).Outcome is Outcome.Worse or Outcome.Better;
        }));
        TestContext.Out.WriteLine($"{id}: of {Tries} tries a difference in {string.Join(", ", called.Select(c => $"{c.Value} with a loss of {(c.Key - 1) * 100:0} %"))}");
        Assert.That(called[1], Is.LessThanOrEqualTo(3));
        Assert.That(called[1.02], Is.GreaterThan(Tries / 4));
        Assert.That(called[1.05], Is.GreaterThanOrEqualTo(Tries - 2));
    }

    [Test]
    public void What_cannot_be_told_apart_is_said_with_its_bound_and_is_not_the_same()
    {
        var random = new SplitMix64(3);
        Comparison pair = Comparison.Of(Drawn(random), Drawn(random), Automatic);
        ComparedMetric one = pair.Cases.First(c => c.Verdict?.Outcome == Outcome.Indistinct);
        Assert.That(one.Verdict!.Within, Is.GreaterThan(VerdictRule.DefaultThreshold));
        Assert.That(ComparisonText.Render(pair with { Cases = [one] }, markdown: false), Does.Contain("cannot be told apart below").And.Contain("0 same, 1 cannot be told apart"));
    }

    private RunResults Drawn(SplitMix64 random)
    {
        int[] rounds = [.. measured.Rounds.Where(r => !r.Warmup).Select(r => r.Round).Distinct()];
        ILookup<int, RoundRecord> launches = measured.Rounds.ToLookup(r => r.Round);
        RoundRecord[] drawn = [.. rounds.SelectMany((_, i) =>
        {
            int from = rounds[random.Below(rounds.Length)];
            return launches[from].Select(r => r with { Round = i, Yardstick = r.Yardstick is { } y ? y with { Round = i } : null });
        })];
        return ResultsBuilder.Reassemble(measured, drawn);
    }
}
