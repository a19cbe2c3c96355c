using NUnit.Framework;
using UniBench.Host;
using UniBench.Host.Filters;

namespace UniBench.Tests.Filters;

[TestFixture]
internal sealed class FilterProgramTests
{
    private const uint Refused = FilterProgram.Refuse | Errno.EPERM;
    private static readonly FilterInstruction[] Program = FilterProgram.Write(
        [new(LinuxCall.Ioctl, new ArgumentRule(1, 0xae80), new ArgumentRule(1, 0x5401)), new(LinuxCall.Read), new(LinuxCall.Kill, new ArgumentRule(0, 5, 0xff)), new(LinuxCall.ExitGroup)], [LinuxCall.Clone3]);

    [TestCase(0u, 0ul, 0ul, FilterProgram.Allow, TestName = "whatever its arguments")]
    [TestCase(0u, ulong.MaxValue, ulong.MaxValue, FilterProgram.Allow, TestName = "all bits set")]
    [TestCase(231u, 0ul, 0ul, FilterProgram.Allow, TestName = "the last of the list")]
    [TestCase(16u, 9ul, 0xae80ul, FilterProgram.Allow, TestName = "the first value")]
    [TestCase(16u, 9ul, 0x5401ul, FilterProgram.Allow, TestName = "the second value")]
    [TestCase(16u, 9ul, 0x5412ul, Refused, TestName = "another value")]
    [TestCase(16u, 9ul, 0x12345678_0000ae80ul, FilterProgram.Allow, TestName = "what the kernel cuts off")]
    [TestCase(62u, 0x105ul, 0ul, FilterProgram.Allow, TestName = "bits that do not count")]
    [TestCase(62u, 0x106ul, 0ul, Refused, TestName = "bits that count")]
    [TestCase(1u, 0ul, 0ul, Refused, TestName = "a call that is not on the list")]
    [TestCase(435u, 0ul, 0ul, FilterProgram.Refuse | Errno.ENOSYS, TestName = "a call that is said to be missing")]
    [TestCase(0x40000000u, 0ul, 0ul, Refused, TestName = "a call of the x32 kind")]
    public void A_call_is_let_through_if_the_list_has_it(uint number, ulong first, ulong second, uint answer) =>
        Assert.That(FilterRun.Answer(Program, number, first, second), Is.EqualTo(answer));

    [Test]
    public void Calls_of_32_bit_code_are_refused() => Assert.That(FilterRun.Answer(Program, 0x40000003, 0, []), Is.EqualTo(Refused));

    [Test]
    public void A_rule_of_any_length_is_skipped()
    {
        FilterInstruction[] program = FilterProgram.Write([new(LinuxCall.Ioctl, [.. Enumerable.Range(0, 200).Select(i => new ArgumentRule(1, (uint)i))]), new(LinuxCall.Open)], []);
        Assert.Multiple(() =>
        {
            Assert.That(FilterRun.Answer(program, 2), Is.EqualTo(FilterProgram.Allow));
            Assert.That(FilterRun.Answer(program, 16, 0, 199), Is.EqualTo(FilterProgram.Allow));
            Assert.That(FilterRun.Answer(program, 16, 0, 200), Is.EqualTo(Refused));
            Assert.That(FilterRun.Answer(program, 3), Is.EqualTo(Refused));
        });
    }

    [Test]
    public void A_call_named_twice_is_a_mistake() => Assert.That(() => FilterProgram.Write([new(LinuxCall.Write), new(LinuxCall.Write)], []), Throws.ArgumentException.With.Message.Contains("call Write"));
}
