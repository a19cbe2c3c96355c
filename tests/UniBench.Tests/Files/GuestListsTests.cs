using NUnit.Framework;
using UniBench.Host;
using UniBench.Monitor.Files;

namespace UniBench.Tests.Files;

/// <summary>The lists of what a guest may ask of the host: what is on none of them does not get there.</summary>
[TestFixture]
internal sealed class GuestListsTests
{
    private const ulong TerminalInput = 0x5412, TerminalControl = 0x540e, BlockSize = 0x1260, NetworkName = 0x8910, Bytes = 0x541b;

    [TestCase(TerminalInput, TestName = "TIOCSTI, which types for the user, is on no list")]
    [TestCase(TerminalControl, TestName = "TIOCSCTTY, which takes a terminal, is on no list")]
    [TestCase(BlockSize, TestName = "Requests to block devices are on no list")]
    [TestCase(NetworkName, TestName = "Requests to network devices are on no list")]
    [TestCase(Bytes | 1UL << 32, TestName = "A request is no other one with more bits")]
    public void Requests_that_are_not_listed_are_not_found(ulong number) => Assert.That(HostRequest.Find(number), Is.Null);

    [Test]
    public void A_request_either_takes_a_number_or_says_how_many_bytes_move()
    {
        HostRequest bytes = HostRequest.Find(Bytes)!.Value, flush = HostRequest.Find(0x540b)!.Value;
        Assert.That((bytes.TakesNumber, bytes.Out, flush.TakesNumber), Is.EqualTo((false, 4, true)));
        Assert.That(HostRequest.Numbers, Is.Unique);
    }

    [TestCase(1, 1, 0, 0)]
    [TestCase(1, 5, 1, 0)]
    [TestCase(2, 1, 0, -Errno.EAFNOSUPPORT)]
    [TestCase(16, 3, 0, -Errno.EAFNOSUPPORT)]
    [TestCase(1, 3, 0, -Errno.ESOCKTNOSUPPORT)]
    [TestCase(1, 1, 6, -Errno.EPROTONOSUPPORT)]
    [TestCase((1L << 32) | 1, 1, 0, -Errno.EAFNOSUPPORT)]
    public void Sockets_come_in_pairs_of_the_Unix_family(long family, long type, long protocol, long expected) =>
        Assert.That(SocketRules.CheckPair(family, type, protocol), Is.EqualTo(expected));

    [TestCase(1, 7, true, 0, TestName = "The size of a buffer is the pair's own")]
    [TestCase(1, 3, false, 0, TestName = "The type may be read")]
    [TestCase(1, 3, true, -Errno.ENOPROTOOPT, TestName = "The type is not set")]
    [TestCase(1, 25, true, -Errno.ENOPROTOOPT, TestName = "A socket is bound to no network device")]
    [TestCase(1, 32, true, -Errno.ENOPROTOOPT, TestName = "No buffer is made larger than the host allows")]
    [TestCase(1, 17, false, -Errno.ENOPROTOOPT, TestName = "Who made the pair on the host is not told")]
    [TestCase(6, 7, false, -Errno.ENOPROTOOPT, TestName = "Options of other levels are none")]
    public void Options_that_concern_others_than_the_pair_are_refused(long level, long name, bool sets, long expected) =>
        Assert.That(SocketRules.CheckOption(level, name, sets), Is.EqualTo(expected));
}
