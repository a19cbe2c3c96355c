using System.Buffers.Binary;
using NUnit.Framework;
using UniBench.Host;
using UniBench.Monitor.Ipc;
using UniBench.Monitor.Memory;
using UniBench.Tests.Processes;

namespace UniBench.Tests.Ipc;

[TestFixture]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class MessageQueueTests
{
    private const int NoError = 0x1000, Except = 0x2000, Copy = 0x4000, NoWait = 0x800, Budget = 100_000;
    private readonly FamilyBudget budget = new(Budget, 0, 0);
    private readonly MessageQueue queue;

    public MessageQueueTests() => queue = new MessageQueue(1, new IpcCaller(1, Users.Of(1000)), 0x1b6, budget);

    [Test]
    public void Type_0_takes_the_oldest_message()
    {
        Send(3, "a", 1, "b");
        Assert.That((Receive(0), Receive(0), Receive(0)), Is.EqualTo(("3:a", "1:b", "ENOMSG")));
    }

    [Test]
    public void A_type_takes_the_oldest_of_that_type_and_with_MSG_EXCEPT_of_the_others()
    {
        Send(3, "a", 1, "b", 3, "c", 2, "d");
        Assert.That((Receive(1), Receive(3, Except), Receive(3), Receive(7)), Is.EqualTo(("1:b", "2:d", "3:a", "ENOMSG")));
        Assert.That(Receive(3, Except), Is.EqualTo("ENOMSG"));
    }

    [Test]
    public void A_negative_type_takes_the_lowest_up_to_its_amount_and_of_those_the_oldest()
    {
        Send(5, "a", 2, "b", 3, "c", 2, "d");
        Assert.That((Receive(-1), Receive(-4), Receive(-4), Receive(-4), Receive(-4)), Is.EqualTo(("ENOMSG", "2:b", "2:d", "3:c", "ENOMSG")));
        Assert.That(Receive(long.MinValue), Is.EqualTo("5:a"));
    }

    [Test]
    public void A_message_that_is_too_long_stays_unless_it_may_be_cut()
    {
        Send(1, "hello");
        Assert.That((Receive(0, 0, 4), Receive(0, NoError, 4), queue.BytesInside), Is.EqualTo(("E2BIG", "1:hell", 0L)));
    }

    [Test]
    public void MSG_COPY_shows_the_message_at_a_place_and_leaves_it_there()
    {
        Send(3, "a", 1, "b");
        Assert.That((Receive(1, Copy), Receive(2, Copy), Receive(-1, Copy), queue.Count), Is.EqualTo(("1:b", "ENOMSG", "ENOMSG", 2)));
    }

    [TestCase(Copy | NoWait, true)]
    [TestCase(Copy, false)]
    [TestCase(Copy | NoWait | Except, false)]
    [TestCase(Except, true)]
    public void MSG_COPY_neither_waits_nor_excepts(int flags, bool valid) => Assert.That(MessageQueue.IsValid(flags), Is.EqualTo(valid));

    [Test]
    public void A_full_queue_takes_no_more_and_neither_one_with_too_many_empty_messages()
    {
        Assert.That(queue.TrySend(1, new byte[MessageQueue.QueueLimit - 1], 7), Is.Zero);
        Assert.That(queue.TrySend(1, new byte[2], 7), Is.EqualTo(-Errno.EAGAIN));
        Assert.That(queue.TrySend(1, new byte[1], 7), Is.Zero);
        queue.Clear();
        Assert.That(Configure(2, 0), Is.Zero);
        Send(1, "", 1, "");
        Assert.That(queue.TrySend(1, [], 7), Is.EqualTo(-Errno.EAGAIN));
    }

    [Test]
    public void Messages_are_paid_for_until_they_are_taken_or_the_queue_is_removed()
    {
        Send(1, "abc", 1, "", 2, "xy");
        Receive(1);
        Assert.That(budget.TryTake(Budget), Is.False);
        queue.Clear();
        Assert.That(budget.TryTake(Budget));
        Assert.That(queue.TrySend(1, "x"u8, 7), Is.EqualTo(-Errno.ENOMEM));
        Assert.That((queue.Count, queue.BytesInside), Is.EqualTo((0, 0L)));
    }

    [Test]
    public void Who_waits_looks_again_whenever_a_message_comes_or_goes_and_no_more_once_it_left()
    {
        FakeMember waiter = new(5);
        queue.Join(waiter);
        Send(1, "a");
        Receive(0, Copy);
        Assert.That(waiter.Wakes, Is.EqualTo(1));
        Receive(0);
        Assert.That(waiter.Wakes, Is.EqualTo(2));
        Configure(10, 0);
        Assert.That(waiter.Wakes, Is.EqualTo(3));
        queue.Leave(waiter);
        Send(1, "a");
        Assert.That(waiter.Wakes, Is.EqualTo(3));
    }

    [Test]
    public void Only_root_makes_it_larger_than_usual_and_a_refusal_changes_nothing()
    {
        Assert.That(Configure(MessageQueue.QueueLimit + 1, 1000), Is.EqualTo(-Errno.EPERM));
        Assert.That((queue.Uid, Described(88)), Is.EqualTo((1000u, (long)MessageQueue.QueueLimit)));
        Assert.That(Configure(MessageQueue.QueueLimit + 1, 0), Is.Zero);
        Assert.That((queue.Uid, Described(88)), Is.EqualTo((0u, MessageQueue.QueueLimit + 1L)));
    }

    [Test]
    public void The_description_says_what_is_inside_and_who_was_last()
    {
        Send(1, "abc", 2, "d");
        Receive(1);
        Assert.That((Described(72), Described(80), Described(96)), Is.EqualTo((1L, 1L, (9L << 32) | 7)));
    }

    private void Send(params object[] typesAndTexts)
    {
        foreach (object[] message in typesAndTexts.Chunk(2))
        {
            Assert.That(queue.TrySend((int)message[0], System.Text.Encoding.ASCII.GetBytes((string)message[1]), 7), Is.Zero);
        }
    }

    private string Receive(long type, int flags = 0, int room = 100)
    {
        byte[] text = new byte[room];
        long length = queue.TryReceive(type, flags, text, 9, out long found);
        return length < 0 ? length == -Errno.E2BIG ? "E2BIG" : Errno.Name((int)-length) : $"{found}:{System.Text.Encoding.ASCII.GetString(text, 0, (int)length)}";
    }

    private long Configure(long capacity, uint uid)
    {
        byte[] wanted = new byte[MessageQueue.Bytes];
        BinaryPrimitives.WriteInt64LittleEndian(wanted.AsSpan(88), capacity);
        return queue.Configure(wanted, new IpcCaller(3, Users.Of(uid)));
    }

    private long Described(int at)
    {
        byte[] status = new byte[MessageQueue.Bytes];
        queue.Describe(status);
        return BinaryPrimitives.ReadInt64LittleEndian(status.AsSpan(at));
    }
}
