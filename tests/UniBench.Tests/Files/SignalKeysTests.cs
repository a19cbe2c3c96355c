using System.Text;
using NUnit.Framework;
using UniBench.Monitor.Files;

namespace UniBench.Tests.Files;

/// <summary>Which of the bytes that are typed at a terminal send signals.</summary>
[TestFixture]
internal sealed class SignalKeysTests
{
    private const uint Signals = 0x1, Lines = 0x2, Extended = 0x8000, External = 0x10000; // ISIG ICANON IEXTEN EXTPROC
    private const uint Strips = 0x20, Lowers = 0x200, Flow = 0x400; // ISTRIP IUCLC IXON
    private static readonly byte[] Usual = [3, 28, 127, 21, 4, 0, 1, 0, 17, 19, 26, 0, 18, 15, 23, 22, 0, 0, 0];

    [TestCase(0u, Signals | Lines | Extended, "a\u0003b\u001cc\u001a", new[] { 2, 3, 20 }, 2, TestName = "Interrupt, quit and suspend are keys")]
    [TestCase(0u, Lines | Extended, "\u0003", new int[0], 1, TestName = "Without ISIG there are no keys")]
    [TestCase(0u, Signals, "\u0003", new[] { 2 }, 1, TestName = "Keys need no lines")]
    [TestCase(0u, Signals | Lines | Extended, "\u0016\u0003\u0003", new[] { 2 }, 3, TestName = "A quoted key is none")]
    [TestCase(0u, Signals | Lines | Extended, "\u0016\u0016\u0003", new[] { 2 }, 3, TestName = "A quoted quote quotes nothing")]
    [TestCase(0u, Signals | Lines, "\u0016\u0003", new[] { 2 }, 2, TestName = "Without IEXTEN nothing quotes")]
    [TestCase(0u, Signals | Extended, "\u0016\u0003", new[] { 2 }, 2, TestName = "Without lines nothing quotes")]
    [TestCase(0u, Signals | Lines | External, "\u0003", new int[0], 1, TestName = "With EXTPROC somebody else knows the keys")]
    [TestCase(0u, Signals | Lines, "\0", new int[0], 1, TestName = "A byte of zero is no key, whatever is switched off")]
    [TestCase(0u, Signals | Lines, "\u0083", new int[0], 1, TestName = "The eighth bit makes it another key")]
    [TestCase(Strips, Signals | Lines, "\u0083", new[] { 2 }, 1, TestName = "Unless it is stripped")]
    public void Keys_are_found_as_the_line_discipline_does(uint input, uint local, string typed, int[] expected, int first)
    {
        SignalKeys keys = new();
        byte[] bytes = Encoding.Latin1.GetBytes(typed);
        TerminalSettings settings = new(input, local, Usual);
        Assert.Multiple(() =>
        {
            Assert.That(keys.UntilFirst(bytes, settings), Is.EqualTo(first));
            Assert.That(keys.In(bytes, settings), Is.EqualTo(expected));
        });
    }

    [Test]
    public void A_quote_holds_until_the_next_write_and_ends_with_the_editing_of_lines()
    {
        TerminalSettings lines = new(0, Signals | Lines | Extended, Usual), raw = new(0, Signals | Extended, Usual);
        SignalKeys keys = new();
        Assert.That(keys.In([22], lines), Is.Empty);
        Assert.That(keys.UntilFirst([3, 3], lines), Is.EqualTo(2), "asking takes nothing");
        Assert.That(keys.In([3], lines), Is.Empty);
        Assert.That(keys.In([22], lines), Is.Empty);
        Assert.That(keys.In([], raw), Is.Empty);
        Assert.That(keys.In([3], lines), Has.Count.EqualTo(1));
    }

    [Test]
    public void Keys_for_flow_control_and_capitals_come_first()
    {
        byte[] own = [.. Usual];
        (own[0], own[1]) = (17, (byte)'q'); // interrupt is the start key, quit a letter
        SignalKeys keys = new();
        Assert.Multiple(() =>
        {
            Assert.That(keys.In([17], new(Flow, Signals, own)), Is.Empty);
            Assert.That(keys.In([17], new(0, Signals, own)), Has.Count.EqualTo(1));
            Assert.That(keys.In("Q"u8, new(Lowers, Signals | Extended, own)), Has.Count.EqualTo(1));
            Assert.That(keys.In("Q"u8, new(0, Signals | Extended, own)), Is.Empty);
        });
    }
}
