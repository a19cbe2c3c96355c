using NUnit.Framework;
using UniBench.Host;
using UniBench.Monitor.Families;

namespace UniBench.Tests.Engine;

[TestFixture]
internal sealed class PathHistoryTests
{
    private const LinuxCall Stat = LinuxCall.Newfstatat;
    private readonly PathHistory history = new();

    [Test]
    public void The_last_question_that_followed_is_remembered()
    {
        PathQuestion first = Ask("/usr"), second = Ask("/usr/include"), third = Ask("/usr/lib");
        history.Followed(first, second);
        history.Followed(first, third);
        Assert.That(history.TryGetNext(first, out PathQuestion next), Is.True);
        Assert.That(next, Is.EqualTo(third));
        Assert.That(history.TryGetNext(third, out _), Is.False);
    }

    [Test]
    public void Other_arguments_are_another_question()
    {
        history.Followed(new PathQuestion(Stat, 0, 0, "f"), Ask("g"));
        Assert.That(history.TryGetNext(new PathQuestion(Stat, 0x100, 0, "f"), out _), Is.False);
    }

    [Test]
    public void It_does_not_grow_without_end()
    {
        for (int i = 0; i < 5000; i++)
        {
            history.Followed(Ask($"many{i}"), Ask($"many{i + 1}"));
        }

        int kept = Enumerable.Range(0, 5000).Count(i => history.TryGetNext(Ask($"many{i}"), out _));
        Assert.That(kept, Is.InRange(1, 1024));
        string path = new('a', 257);
        history.Followed(Ask(path), Ask("b"));
        Assert.That(history.TryGetNext(Ask(path), out _), Is.False);
    }

    private static PathQuestion Ask(string path) => new(Stat, 0, 0, path);
}
