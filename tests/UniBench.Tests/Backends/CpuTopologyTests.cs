using NUnit.Framework;
using UniBench.Backends;

namespace UniBench.Tests.Backends;

internal sealed class CpuTopologyTests
{
    [Test]
    public void Siblings_of_one_core_are_no_two_CPUs()
    {
        CpuTopology neighbours = new([0, 1, 2, 3], cpu => $"core {cpu / 2}");
        Assert.That(neighbours.Two, Is.EqualTo((int[])[1, 3]));
        CpuTopology halves = new([0, 1, 2, 3], cpu => $"core {cpu % 2}");
        Assert.That(halves.Two, Is.EqualTo((int[])[2, 3]));
    }

    [Test]
    public void Siblings_have_to_do_where_there_is_one_core() => Assert.That(new CpuTopology([4, 5], _ => "core 0").Two, Is.EqualTo((int[])[4, 5]));

    [Test]
    public void One_CPU_is_not_two() => Assert.That(new CpuTopology([7], _ => "core 0").Two, Is.Null);

    [Test]
    public void Only_allowed_CPUs_are_chosen()
    {
        CpuTopology topology = new([2, 5, 6], cpu => $"core {cpu / 2}");
        Assert.That(topology.One, Is.EqualTo(6));
        Assert.That(topology.Two, Is.EqualTo((int[])[5, 6]));
    }
}
