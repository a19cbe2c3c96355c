using NUnit.Framework;
using UniBench.Monitor.Segments;

namespace UniBench.Tests.Segments;

[TestFixture]
internal sealed class LibraryStubsTests
{
    private readonly LibraryStubs stubs = new(0x5000, 0x1000, 0x9000, [(0x1000, 0x800, 0x2000), (0x3000, 0x1000, 0x5000)]);

    [TestCase(0x1000, 0x7000)]
    [TestCase(0x17ff, 0x6801)]
    [TestCase(0x3000, 0x4000)]
    public void Stubs_are_as_far_from_what_is_mapped_as_in_the_library(long fileOffset, long away) => Assert.That(stubs.AwayFrom(fileOffset), Is.EqualTo(away));

    [TestCase(0)]
    [TestCase(0x1800)]
    [TestCase(0x4000)]
    public void What_is_no_code_needs_none(long fileOffset) => Assert.That(stubs.AwayFrom(fileOffset), Is.Null);
}
