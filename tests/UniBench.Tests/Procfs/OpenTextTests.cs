using System.Text;
using NUnit.Framework;
using UniBench.Host;
using UniBench.Monitor.Files;
using UniBench.Monitor.Memory;

namespace UniBench.Tests.Procfs;

[TestFixture]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class OpenTextTests
{
    private const int Budget = 100;
    private readonly FamilyBudget budget = new(Budget, 0, 0);
    private int made;

    [Test]
    public void A_text_is_made_anew_when_it_is_read_from_its_beginning_and_not_in_between()
    {
        OpenText text = Of(() => $"text {++made}");
        Assert.That((Read(text, 3), Read(text, 10), Read(text, 10)), Is.EqualTo(("tex", "t 1", "")));
        text.Seek(0, 0);
        Assert.That(Read(text, 10), Is.EqualTo("text 2"));
        Assert.That(ReadAt(text, 5, 10), Is.EqualTo("2"));
        Assert.That(ReadAt(text, 0, 10), Is.EqualTo("text 3"));
    }

    [TestCase(5, 0, 5)]
    [TestCase(-1, 0, -Errno.EINVAL)]
    [TestCase(0, 2, -Errno.EINVAL)]
    public void Seeking_goes_to_a_place_from_the_start_and_never_from_the_end(long offset, int whence, long result) => Assert.That(Of(() => "text").Seek(offset, whence), Is.EqualTo(result));

    [Test]
    public void What_is_longer_than_the_family_may_hold_is_refused_and_what_is_closed_is_given_back()
    {
        OpenText first = Of(() => new string('x', Budget - 10)), second = Of(() => new string('y', 20));
        Assert.That(Read(first, 1), Is.EqualTo("x"));
        Assert.That(second.Read(new byte[1]), Is.EqualTo(-Errno.ENOMEM));
        first.Close();
        Assert.That(Read(second, 1), Is.EqualTo("y"));
        second.Close();
        Assert.That(budget.TryTake(Budget), Is.True);
    }

    [Test]
    public void What_is_written_goes_to_the_file_and_its_error_comes_back()
    {
        string? written = null;
        OpenText text = new(new SpecialFile.Text(() => "") { Write = t => (written = t) == "wrong" ? Errno.EPERM : 0 }, budget);
        Assert.That((text.Write("right"u8), written), Is.EqualTo((5L, "right")));
        Assert.That(text.Write("wrong"u8), Is.EqualTo(-Errno.EPERM));
        Assert.That(Of(() => "").Write("x"u8), Is.EqualTo(-Errno.EINVAL));
    }

    private static string Read(OpenText text, int bytes)
    {
        byte[] to = new byte[bytes];
        return Encoding.Latin1.GetString(to, 0, (int)text.Read(to));
    }

    private static string ReadAt(OpenText text, long offset, int bytes)
    {
        byte[] to = new byte[bytes];
        return Encoding.Latin1.GetString(to, 0, (int)text.ReadAt(offset, to));
    }

    private OpenText Of(Func<string> content) => new(new SpecialFile.Text(content), budget);
}
