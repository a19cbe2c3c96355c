using NUnit.Framework;
using UniBench.Host;
using UniBench.Monitor.Ipc;
using UniBench.Monitor.Processes;
using UniBench.Tests.Processes;

namespace UniBench.Tests.Ipc;

[TestFixture]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class PosixQueuesTests : IDisposable
{
    private const int Create = 0x40, Exclusive = 0x80, ReadOnly = 0, WriteOnly = 1, ReadWrite = 2;
    private const uint Owner = 1000, Other = 1001, Colleague = 1002, Root = 0;
    private readonly PosixQueues queues = new();
    private int gone;

    public void Dispose() => queues.UnlinkAll();

    [Test]
    public void A_name_leads_to_the_queue_that_was_made_with_it_until_it_is_unlinked()
    {
        PosixQueue made = Open("q", Create)!;
        Assert.That(Open("q", Create), Is.SameAs(made));
        made.Taken();
        Assert.That((Unlink("q"), Unlink("q"), gone), Is.EqualTo((0, -Errno.ENOENT, 0)));
        Assert.That(Open("q", Create), Is.Not.SameAs(made), "the old one lives on in a descriptor");
        made.Released();
        Assert.That(gone, Is.EqualTo(1));
    }

    [Test]
    public void What_is_missing_is_only_made_on_demand_and_what_is_there_not_when_it_must_be_new()
    {
        Assert.That(Error("q", ReadWrite), Is.EqualTo(-Errno.ENOENT));
        Open("q", Create);
        Assert.That(Error("q", Create | Exclusive), Is.EqualTo(-Errno.EEXIST));
        Assert.That(Error("q", Exclusive), Is.Zero);
    }

    [TestCase("", Errno.ENOENT)]
    [TestCase(".", Errno.EACCES)]
    [TestCase("..", Errno.EACCES)]
    [TestCase("a/b", Errno.EACCES)]
    public void Names_that_are_none_are_refused(string name, int errno)
    {
        Assert.That(Error(name, Create), Is.EqualTo(-errno));
        Assert.That(Unlink(name), Is.EqualTo(-errno));
    }

    [Test]
    public void A_name_has_255_bytes_at_most()
    {
        Assert.That(Error(new string('x', 256), Create), Is.EqualTo(-Errno.ENAMETOOLONG));
        Assert.That(Error(new string('x', 255), Create), Is.Zero);
    }

    [TestCase(Owner, ReadWrite, 0)]
    [TestCase(Other, ReadOnly, 0)]
    [TestCase(Other, WriteOnly, -Errno.EACCES)]
    [TestCase(Other, ReadWrite, -Errno.EACCES)]
    [TestCase(Colleague, WriteOnly, 0)]
    [TestCase(Colleague, ReadOnly, -Errno.EACCES)]
    [TestCase(Root, ReadWrite, 0)]
    public void Its_mode_says_who_may_open_it_how(uint user, int access, int expected)
    {
        Open("q", Create, Owner, 0x194); // 0624
        Assert.That(Error("q", access, user), Is.EqualTo(expected));
    }

    [Test]
    public void Bytes_are_charged_up_to_the_limit_and_can_be_had_again()
    {
        Action? large = queues.Charge(10, 80_000);
        Assert.That(large is null, Is.False);
        Assert.That(queues.Charge(10, 8192) is null, Is.True);
        Assert.That(queues.Charge(10, 1000) is null, Is.False, "what was refused is not charged");
        large!();
        Assert.That(queues.Charge(10, 70_000) is null, Is.False);
    }

    [Test]
    public void There_are_256_names_at_most_and_all_go_with_the_family()
    {
        for (int i = 0; i < 256; i++)
        {
            Assert.That(Error($"q{i}", Create), Is.Zero);
        }

        Assert.That(Error("one more", Create), Is.EqualTo(-Errno.ENOSPC));
        queues.UnlinkAll();
        Assert.That(gone, Is.EqualTo(256));
    }

    [Test]
    public void What_could_not_be_made_has_no_name()
    {
        Assert.That(queues.Open("q", Create, 0x1ff, Users.Of(Owner), () => (null, -Errno.EMFILE), out int error), Is.Null);
        Assert.That((error, Error("q", ReadWrite)), Is.EqualTo((-Errno.EMFILE, -Errno.ENOENT)));
    }

    private PosixQueue? Open(string name, int flags, uint user = Owner, uint mode = 0x1ff) => queues.Open(name, flags, mode, Called(user), Make, out _);

    [Test]
    public void Its_name_is_the_owners_to_remove_and_roots()
    {
        Open("q", Create);
        Open("another", Create);
        Assert.That((Unlink("q", Other), Unlink("q"), Unlink("another", Root)), Is.EqualTo((-Errno.EPERM, 0, 0)));
    }

    private int Unlink(string name, uint user = Owner) => queues.Unlink(name, Called(user));

    private static Credentials Called(uint user) => Users.Of(user, group: user == Colleague ? Owner : user);

    private int Error(string name, int flags, uint user = Owner)
    {
        queues.Open(name, flags, 0x1ff, Called(user), Make, out int error);
        return error;
    }

    private (PosixQueue?, int) Make() => (new PosixQueue(1, 1, HostIo.OpenNothing(), () => gone++), 0);
}
