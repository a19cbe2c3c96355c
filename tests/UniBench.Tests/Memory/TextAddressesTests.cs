using NUnit.Framework;
using UniBench.Monitor;
using UniBench.Monitor.Abi;
using UniBench.Monitor.Memory;

namespace UniBench.Tests.Memory;

[TestFixture]
internal sealed class TextAddressesTests
{
    [Test]
    public void Texts_lie_behind_one_another_each_in_large_pages_of_its_own()
    {
        TextAddresses addresses = new();
        ulong first = addresses.Take("a", 1), second = addresses.Take("b", (long)GuestLayout.LargePage), third = addresses.Take("c", 1);
        Assert.That((first, second - first, third - second), Is.EqualTo((GuestLayout.GpaText, GuestLayout.LargePage, GuestLayout.LargePage)));
    }

    [Test]
    public void When_none_are_left_the_program_is_named_and_a_smaller_one_still_fits()
    {
        TextAddresses addresses = new();
        long all = (long)(GuestLayout.GpaWindow - GuestLayout.GpaText);
        addresses.Take("a", all - (long)GuestLayout.LargePage);
        Assert.That(() => addresses.Take("large", (long)GuestLayout.LargePage + 1), Throws.TypeOf<EngineException>().With.Message.Contains("large"));
        Assert.That(addresses.Take("small", (long)GuestLayout.LargePage), Is.EqualTo(GuestLayout.GpaWindow - GuestLayout.LargePage));
    }
}
