using NUnit.Framework;
using UniBench.Measure;
using UniBench.Measure.Comparing;
using UniBench.Tests.Measure;
using static UniBench.Tests.Measure.CoverageSimulationTests;

namespace UniBench.Tests.Comparing;

/// <summary>What unchanged cases say of two hours.</summary>
public sealed class CalibrationTests
{
    [Test]
    public void The_factor_is_the_one_that_19_of_20_unchanged_cases_need()
    {
        // 39 controls: the 38th of them in order, since 0.95 * 40 = 38.
        Calibration found = Calibration.Of(Enumerable.Range(1, 39).Select(i => (Math.Exp(0.1 * i) - 1, Math.Exp(0.1) - 1)), 0);
        Assert.That(found.Controls, Is.EqualTo(39));
        Assert.That(found.Factor, Is.EqualTo(38).Within(1e-9));
        Assert.That(found.Apply(Math.Exp(0.1) - 1), Is.EqualTo(Math.Exp(3.8) - 1).Within(1e-6));
    }

    [Test]
    public void Cases_that_moved_less_than_their_rounds_explain_make_nothing_narrower() =>
        Assert.That(Calibration.Of(Enumerable.Repeat((0.01, 0.1), 50), 0).Factor, Is.EqualTo(1));

    [Test]
    public void What_moved_less_than_anybody_asks_about_did_not_move() =>
        Assert.That(Calibration.Of(Enumerable.Repeat((0.04, 0.001), 50), 0.05).Factor, Is.EqualTo(1));

    [Test]
    public void Too_few_unchanged_cases_say_nothing()
    {
        Assert.That(Calibration.Of(Enumerable.Repeat((0.9, 0.1), 18), 0).Factor, Is.EqualTo(1));
        Assert.That(Calibration.Of(Enumerable.Repeat((0.9, 0.1), 19), 0).Factor, Is.GreaterThan(1));
        Assert.That(Calibration.None.Apply(null), Is.Null);
    }

    /// <summary>Both hours move every case by its own chance, three times as much as the rounds tell.</summary>
    [Test]
    public void An_unchanged_judged_case_is_called_the_same_although_the_machine_moved()
    {
        var random = new SplitMix64(11);
        int same = 0, sameWithout = 0, trials = 400;
        for (int trial = 0; trial < trials; trial++)
        {
            (double Within, double Resolution)[] controls = [.. Enumerable.Range(0, 60).Select(_ => Case(random))];
            Calibration found = Calibration.Of(controls, 0);
            (double within, double resolution) = Case(random);
            same += within <= found.Apply(resolution) ? 1 : 0;
            sameWithout += within <= resolution ? 1 : 0;
        }

        Assert.That(same / (double)trials, Is.GreaterThan(0.92));
        Assert.That(sameWithout / (double)trials, Is.LessThan(0.7));
    }

    [Test]
    public void Runs_whose_kernel_differs_have_no_unchanged_cases()
    {
        RunResults run = FabricatedRun.Pipeline(rounds: 20) with { Yardsticks = Yardsticks(1) };
        RunResults moved = ComparisonTests.Scaled(run, c => c.Backend == "unikernel" ? 1 : 1.08) with { Yardsticks = Yardsticks(1.4) };
        Calibration found = Comparison.Of(run, moved, new Threshold(0.05)).Calibration;
        Assert.That(found.Controls, Is.EqualTo(20));
        Assert.That(found.Factor, Is.GreaterThan(1.2));
        RunResults still = moved with { Yardsticks = Yardsticks(1) };
        Assert.That(Comparison.Of(run, still, new Threshold(0.05)).Calibration, Is.EqualTo(new Calibration(20, 1, Moved: false)), "the yardsticks say that the machine did not move");
        RunResults other = moved with { Environment = moved.Environment with { Kernel = "another" } };
        Assert.That(Comparison.Of(run, other, new Threshold(0.05)).Calibration, Is.EqualTo(Calibration.None));
    }

    [Test]
    public void Half_the_speed_of_the_judged_is_worse_whatever_the_unchanged_did()
    {
        RunResults run = FabricatedRun.Pipeline(rounds: 20);
        RunResults slower = ComparisonTests.Scaled(run, c => c.Backend == "unikernel" ? c.Better == Better.Lower ? 2 : 0.5 : 1.05);
        IEnumerable<Outcome?> judged = Comparison.Of(run, slower, new Threshold(0.05, IsAutomatic: true)).Cases.Where(c => c.After.Backend == "unikernel").Select(c => c.Verdict?.Outcome);
        Assert.That(judged, Is.All.EqualTo(Outcome.Worse));
    }

    [Test]
    public void A_control_with_two_modes_sets_no_threshold()
    {
        RunResults run = FabricatedRun.Pipeline(rounds: 20) with { Yardsticks = Yardsticks(1) };
        RunResults later = ComparisonTests.Scaled(run, c => c is { Backend: "process", Placement: "same" } ? 10 : 1) with { Yardsticks = Yardsticks(1.4) };
        Assert.That(Comparison.Of(run, later, new Threshold(0.05)).Calibration.Controls, Is.EqualTo(20 - 7), "each run saw one of two modes");
    }

    [TestCase(1.0, false)]
    [TestCase(1.1, true)]
    [TestCase(0.9, true)]
    public void The_machine_moved_where_its_yardsticks_did(double factor, bool moved)
    {
        RunResults run = FabricatedRun.Pipeline() with { Yardsticks = Yardsticks(1) };
        Assert.That(YardstickMedians.Moved(run, run with { Yardsticks = Yardsticks(factor) }), Is.EqualTo(moved));
        Assert.That(YardstickMedians.Moved(run, run with { Yardsticks = [] }), Is.False);
    }

    private static Yardstick[] Yardsticks(double wake) => [.. Enumerable.Range(2, 20).Select(i => new Yardstick(i, 100 + (i % 7), (20_000 + (100 * (i % 5))) * wake, 0.9 + (0.001 * (i % 3))))];

    /// <summary>Resolution 3 standard errors; movement of 3 standard errors between the runs.</summary>
    private static (double Within, double Resolution) Case(SplitMix64 random)
    {
        double error = 0.01 * Math.Exp(Normal(random));
        double shift = Math.Abs(Normal(random)) * error * 3;
        return (Math.Exp(shift + (1.645 * error)) - 1, Math.Exp(3 * error) - 1);
    }
}
