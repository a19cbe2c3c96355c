using NUnit.Framework;
using UniBench.Host;
using UniBench.Measure;
using UniBench.Workbench.Running;

namespace UniBench.Tests.Measure;

/// <summary>A machine that changes while it is measured on is told; one that does not is not.</summary>
public sealed class YardstickTests
{
    [Test]
    public void A_steady_machine_is_no_finding() => Assert.That(Codes(i => new Yardstick(i, 100 + (i % 3), null, 0.9)), Is.Empty);

    [Test]
    public void One_disturbed_round_is_no_finding() => Assert.That(Codes(i => new Yardstick(i, i == 7 ? 900 : 100, null, i == 8 ? 3 : 0.9)), Is.Empty);

    [Test]
    public void Cpus_that_are_moved_apart_on_the_way_are_one() =>
        Assert.That(Codes(i => new Yardstick(i, i < 12 ? 100 : 420, null, 0.9)), Is.EqualTo(new[] { "cpus-moved" }));

    [Test]
    public void A_speed_that_changes_is_one() =>
        Assert.That(Codes(i => new Yardstick(i, 100, null, i % 4 == 0 ? 1.3 : 0.9)), Is.EqualTo(new[] { "cpu-speed" }));

    [Test]
    public void One_cpu_and_few_rounds_say_nothing()
    {
        Assert.That(Codes(i => new Yardstick(i, null, null, 0.9)), Is.Empty);
        Assert.That(Codes(i => new Yardstick(i, 100 << i, null, 0.9), rounds: 5), Is.Empty);
    }

    [Test]
    public void The_probe_of_this_machine_measures_something()
    {
        Yardstick measured = MachineProbe.Measure(3);
        Assert.That(measured.Round, Is.EqualTo(3));
        Assert.That(measured.StepNs, Is.Positive);
        Assert.That(measured.WakeUpNs, HostThread.GetAffinity().Count > 1 ? Is.Positive : Is.Null);
        Assert.That(measured.CacheLineNs, HostThread.GetAffinity().Count > 1 ? Is.Positive : Is.Null);
    }

    [Test]
    public void A_cpu_that_may_not_be_used_has_no_distance() => Assert.That(CacheLineProbe.MeasureNs(0, 1023), Is.Null);

    private static IEnumerable<string> Codes(Func<int, Yardstick> of, int rounds = 20)
    {
        CasePoint point = Fabricated.Point("rtt", "1", "process", "same");
        RoundRecord[] records = [.. Enumerable.Range(0, rounds).Select(r => Fabricated.Round(point, r) with { Yardstick = of(r) })];
        return ResultsBuilder.Assemble(Fabricated.Description(), [], records, [], interrupted: false).Findings.Select(f => f.Code);
    }
}
