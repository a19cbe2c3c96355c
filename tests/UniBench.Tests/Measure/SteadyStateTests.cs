using NUnit.Framework;
using UniBench.Measure;

namespace UniBench.Tests.Measure;

public sealed class SteadyStateTests
{
    [TestCase("1", false)]
    [TestCase("2 1", false)]
    [TestCase("2 1 1", true)]
    [TestCase("2 1 0.99", true)] // within noise
    [TestCase("2 1 0.9", false)]
    [TestCase("1 1.5", true)]
    public void Warming_up_ends_when_launches_no_longer_get_faster(string walls, bool steady)
    {
        Assert.That(SteadyState.IsReached(Records("unikernel", walls), BackendOf), Is.EqualTo(steady));
    }

    [Test]
    public void Every_backend_has_to_be_steady()
    {
        RoundRecord[] records = [.. Records("process", "1 1 1"), .. Records("unikernel", "4 2 1")];
        Assert.That(SteadyState.IsReached(records, BackendOf), Is.False);
    }

    [Test]
    public void Failed_launches_say_nothing()
    {
        RoundRecord[] records = [.. Records("process", "1 1 1").Select(r => r with { Status = CaseStatus.Failed })];
        Assert.That(SteadyState.IsReached(records, BackendOf), Is.False);
    }

    private static string BackendOf(string id) => id.Split('/')[^2];

    private static RoundRecord[] Records(string backend, string walls) =>
        [.. walls.Split(' ').Select((w, i) => Fabricated.Round(Fabricated.Point("rtt", "1", backend, "same"), i) with { WallS = double.Parse(w, null), Warmup = true })];
}
