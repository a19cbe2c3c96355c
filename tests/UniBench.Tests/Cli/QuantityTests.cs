using NUnit.Framework;
using UniBench.Workbench.Scripting;

namespace UniBench.Tests.Cli;

internal sealed class QuantityTests
{
    [TestCase("0", 0)]
    [TestCase("-4", -4)]
    [TestCase("64", 64)]
    [TestCase("4k", 4096)]
    [TestCase("4K", 4096)]
    [TestCase("2m", 2 << 20)]
    [TestCase("1G", 1 << 30)]
    [TestCase(" 7 ", 7)]
    public void A_count_may_carry_a_power_of_1024(string text, long value) => Assert.That(Quantity.ParseCount(text), Is.EqualTo(value));

    [TestCase("")]
    [TestCase("k")]
    [TestCase("1.5k")]
    [TestCase("1kb")]
    [TestCase("0x10")]
    [TestCase("9223372036854775808")]
    [TestCase("9007199254740992k")]
    public void Anything_else_is_no_count(string text) =>
        Assert.That(() => Quantity.ParseCount(text), Throws.InstanceOf<FormatException>().With.Message.Contains($"'{text}'"));

    [TestCase("10", 10_000)]
    [TestCase("1.5s", 1500)]
    [TestCase("500ms", 500)]
    [TestCase("2m", 120_000)]
    [TestCase("1h", 3_600_000)]
    public void A_time_is_in_seconds_unless_it_says_otherwise(string text, int milliseconds) =>
        Assert.That(Quantity.ParseTime(text), Is.EqualTo(TimeSpan.FromMilliseconds(milliseconds)));

    [TestCase("")]
    [TestCase("0")]
    [TestCase("-1s")]
    [TestCase("1,5s")]
    [TestCase("s")]
    [TestCase("soon")]
    [TestCase("99999h")]
    public void Anything_else_is_no_time(string text) => Assert.That(() => Quantity.ParseTime(text), Throws.InstanceOf<FormatException>());
}
