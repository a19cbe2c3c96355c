using NUnit.Framework;
using UniBench.Host;
using UniBench.Monitor.Ipc;
using UniBench.Monitor.Memory;
using UniBench.Tests.Processes;

namespace UniBench.Tests.Ipc;

[TestFixture]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class IpcTableTests
{
    private const int Most = 3, ReadWrite = 0x1b6;
    private static readonly IpcCaller Owner = new(1, Users.Of(1000, 100)), Group = new(2, Users.Of(1001, 100)), Other = new(3, Users.Of(1002, 200)), Root = new(4, Users.Of(0));
    private readonly IpcTable<MessageQueue> table;
    private int next = -1;

    public IpcTableTests() => table = new IpcTable<MessageQueue>(() => Most, () => Interlocked.Exchange(ref next, -1));

    [Test]
    public void A_key_leads_to_one_object_and_key_0_always_to_a_new_one()
    {
        long first = Get(7, IpcTable.Create), anonymous = Get(0, 0);
        Assert.That(Get(7, 0), Is.EqualTo(first));
        Assert.That(Get(7, IpcTable.Create), Is.EqualTo(first));
        Assert.That(Get(0, 0), Is.Not.EqualTo(anonymous));
        Assert.That(Get(7, IpcTable.Create | IpcTable.Exclusive), Is.EqualTo(-Errno.EEXIST));
        Assert.That(Get(8, 0), Is.EqualTo(-Errno.ENOENT));
    }

    [Test]
    public void The_next_object_has_the_identifier_that_was_asked_for_and_the_one_behind_it_where_that_is_taken()
    {
        next = (3 * IpcTable.IndexLimit) + 5;
        Assert.That(Get(0, 0), Is.EqualTo((3 * IpcTable.IndexLimit) + 5));
        next = (3 * IpcTable.IndexLimit) + 5;
        Assert.That(Get(0, 0), Is.EqualTo((3 * IpcTable.IndexLimit) + 6));
        Assert.That(Get(0, 0) % IpcTable.IndexLimit, Is.Zero);
    }

    [Test]
    public void An_identifier_is_not_used_again_when_its_place_is()
    {
        int old = (int)Get(0, 0);
        table.Remove(table.Find(old)!);
        int next = (int)Get(0, 0);
        Assert.That((next % IpcTable.IndexLimit, next == old), Is.EqualTo((old % IpcTable.IndexLimit, false)));
        Assert.That(table.Find(old), Is.Null);
        Assert.That(table.Find(next), Is.Not.Null);
    }

    [TestCase(-1)]
    [TestCase(int.MinValue)]
    [TestCase(int.MaxValue)]
    [TestCase(1)]
    public void What_is_no_identifier_finds_nothing(int id)
    {
        Get(0, 0);
        Assert.That((table.Find(id), table.At(id)), Is.EqualTo(((MessageQueue?)null, (MessageQueue?)null)));
    }

    [Test]
    public void There_are_so_many_at_once_and_a_removed_one_makes_room()
    {
        int[] ids = [.. Enumerable.Range(0, Most).Select(_ => (int)Get(0, 0))];
        Assert.That(Get(0, 0), Is.EqualTo(-Errno.ENOSPC));
        Assert.That((table.Count, table.HighestIndex), Is.EqualTo((Most, Most - 1)));
        table.Remove(table.Find(ids[^1])!);
        Assert.That((table.Count, table.HighestIndex), Is.EqualTo((Most - 1, Most - 2)));
        Assert.That(Get(0, 0), Is.Positive);
    }

    [Test]
    public void What_could_not_be_made_takes_no_place()
    {
        Assert.That(table.Get(7, IpcTable.Create, Owner, _ => 0, () => (null, -Errno.ENOMEM)), Is.EqualTo(-Errno.ENOMEM));
        Assert.That((table.Count, Get(7, 0)), Is.EqualTo((0, -Errno.ENOENT)));
    }

    [Test]
    public void Who_may_not_do_what_it_asks_for_does_not_get_the_identifier()
    {
        long id = table.Get(7, IpcTable.Create | 0x1a0, Owner, _ => 0, () => (New(0x1a0), 0)); // 0640
        Assert.Multiple(() =>
        {
            Assert.That(table.Get(7, ReadWrite, Owner, _ => 0, Never), Is.EqualTo(id));
            Assert.That(table.Get(7, 0x120, Group, _ => 0, Never), Is.EqualTo(id));
            Assert.That(table.Get(7, ReadWrite, Group, _ => 0, Never), Is.EqualTo(-Errno.EACCES));
            Assert.That(table.Get(7, 0x4, Other, _ => 0, Never), Is.EqualTo(-Errno.EACCES));
            Assert.That(table.Get(7, 0, Other, _ => 0, Never), Is.EqualTo(id), "it asks for nothing");
            Assert.That(table.Get(7, ReadWrite, Root, _ => 0, Never), Is.EqualTo(id));
            Assert.That(table.Get(7, 0, Owner, _ => -Errno.EINVAL, Never), Is.EqualTo(-Errno.EINVAL));
        });

        static (MessageQueue?, long) Never() => throw new InvalidOperationException("there is one");
    }

    [Test]
    public void Its_maker_keeps_its_rights_when_it_is_given_away()
    {
        MessageQueue queue = New(0x180); // 0600
        byte[] permission = new byte[IpcObject.PermissionBytes];
        BitConverter.TryWriteBytes(permission.AsSpan(4), 1002u);
        BitConverter.TryWriteBytes(permission.AsSpan(20), 0x1180u);
        queue.SetPermission(permission);
        Assert.That((queue.Allows(Owner, ReadWrite), queue.Allows(Other, ReadWrite), queue.Allows(Group, 0x124), queue.Mode), Is.EqualTo((true, true, false, 0x180)));
        Assert.That((queue.IsOwnedBy(Owner), queue.IsOwnedBy(Other), queue.IsOwnedBy(Group)), Is.EqualTo((true, true, false)));
    }

    private static MessageQueue New(int mode) => new(7, Owner, mode, new FamilyBudget(0, 0, 0));

    private long Get(int key, int flags) => table.Get(key, flags | ReadWrite, Owner, _ => 0, () => (new MessageQueue(key, Owner, ReadWrite, new FamilyBudget(0, 0, 0)), 0));
}
