using NUnit.Framework;
using UniBench.Host;
using UniBench.Monitor.Abi;
using UniBench.Monitor.Machines;

namespace UniBench.Tests.Machines;

[TestFixture]
internal sealed class FamilyPageTests
{
    [TestCase(2, 3)]
    [TestCase(0, 5)]
    [TestCase(-1, 5)]
    public void Who_was_woken_counts_as_asleep_no_more(int woken, int left)
    {
        using FamilyPage page = new(HostMapping.Anonymous(4096));
        page.Memory!.Range.At<FamilyWords>(0).Asleep = 5;
        page.CountWoken(woken);
        Assert.That(page.Memory.Range.At<FamilyWords>(0).Asleep, Is.EqualTo(left));
    }

    [Test]
    public void Where_machines_have_no_use_for_it_nothing_is_counted()
    {
        using FamilyPage page = new(null);
        Assert.That(() => page.CountWoken(3), Throws.Nothing);
    }
}
