using NUnit.Framework;
using UniBench.Host;
using UniBench.Monitor.Families;
using UniBench.Monitor.Ipc;
using UniBench.Monitor.Machines;
using UniBench.Monitor.Processes;
using UniBench.Tests.Machines;
using UniBench.Tests.Processes;

namespace UniBench.Tests.Ipc;

[TestFixture]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class PosixQueueTests : IDisposable
{
    private const int NonBlocking = 0x800, CloseOnExec = 0x80000, Readable = 1;
    private readonly int ready = (int)HostCall.Invoke(LinuxCall.Eventfd2, 0, NonBlocking | CloseOnExec);
    private readonly ExtentArena arena = new(ofFiles: true);
    private readonly MachineWorker worker;
    private readonly GuestProcess registered;
    private readonly PosixQueue queue;
    private int gone;

    public PosixQueueTests()
    {
        worker = new MachineWorker(new FakeMachine(arena, 0), 0, () => false, null);
        registered = new GuestProcess(null!, worker, new ProcessEntry { Pid = 4 }, "program");
        queue = new PosixQueue(3, 8, ready, () => gone++);
    }

    public void Dispose()
    {
        worker.Dispose();
        arena.Dispose();
        if (gone == 0)
        {
            queue.Released();
        }
    }

    [Test]
    public void The_highest_priority_comes_first_and_of_equals_the_oldest()
    {
        Send("a", 1);
        Send("b", 5);
        Send("c", 5);
        Assert.That((Receive(), Receive(), Receive(), Receive()), Is.EqualTo(("5:b", "5:c", "1:a", "none")));
    }

    [Test]
    public void A_full_queue_takes_no_more_until_one_is_taken()
    {
        Send("a", 0);
        Send("b", 0);
        Send("c", 0);
        Assert.That(queue.TrySend("d"u8, 9, out _), Is.False);
        Assert.That(Receive(), Is.EqualTo("0:a"));
        Assert.That(queue.TrySend("d"u8, 9, out _), Is.True);
    }

    [Test]
    public void Its_descriptor_is_readable_exactly_while_there_are_messages()
    {
        Assert.That(IsReadable(), Is.False);
        Send("a", 0);
        Send("b", 1);
        Receive();
        Assert.That(IsReadable(), Is.True);
        Receive();
        Assert.That(IsReadable(), Is.False);
    }

    [Test]
    public void The_first_message_to_an_empty_queue_is_told_once_to_who_registered()
    {
        Send("a", 0);
        queue.Notification = (registered, 10, 77);
        Assert.That(Send("b", 0), Is.Null, "it was not empty");
        Receive();
        Receive();
        Assert.That(Send("c", 0), Is.EqualTo((registered, 10, 77ul)));
        Receive();
        Assert.That(Send("d", 0), Is.Null, "the registration is over");
    }

    [Test]
    public void Nobody_is_told_of_a_message_that_somebody_waits_for()
    {
        FakeMember receiver = new(5), sender = new(6);
        queue.Join(receiver, receives: true);
        queue.Join(sender, receives: false);
        queue.Notification = (registered, 10, 77);
        Assert.That(Send("a", 0), Is.Null);
        Assert.That(queue.Notification, Is.Not.Null);
        Receive();
        queue.Leave(receiver, receives: true);
        Assert.That(Send("b", 0), Is.EqualTo((registered, 10, 77ul)), "who waits to send is no receiver");
    }

    [Test]
    public void Who_waits_looks_again_whenever_a_message_comes_or_goes()
    {
        FakeMember waiter = new(5);
        queue.Join(waiter, receives: true);
        Send("a", 0);
        Receive();
        Assert.That(waiter.Wakes, Is.EqualTo(2));
        Receive();
        Assert.That(waiter.Wakes, Is.EqualTo(2), "nothing came or went");
        queue.Leave(waiter, receives: true);
        Send("a", 0);
        Assert.That(waiter.Wakes, Is.EqualTo(2));
    }

    [Test]
    public void It_goes_with_its_name_and_its_last_descriptor_and_only_then()
    {
        queue.Taken();
        queue.Released();
        Assert.That(gone, Is.Zero);
        Assert.That(IsReadable(), Is.False, "the descriptor is open");
        queue.Released();
        Assert.That(gone, Is.EqualTo(1));
    }

    private (GuestProcess, int, ulong)? Send(string text, int priority)
    {
        Assert.That(queue.TrySend(System.Text.Encoding.ASCII.GetBytes(text), priority, out (GuestProcess, int, ulong)? notified), Is.True);
        return notified;
    }

    private string Receive()
    {
        byte[] text = new byte[8];
        return queue.TryReceive(text, out int priority) is { } length ? $"{priority}:{System.Text.Encoding.ASCII.GetString(text, 0, length)}" : "none";
    }

    private bool IsReadable()
    {
        using HostMapping memory = HostMapping.Anonymous(4096);
        memory.Range.At<long>(0) = (uint)ready | ((long)Readable << 32);
        return HostCall.Invoke(LinuxCall.Poll, memory.Range.Address, 1, 0) == 1;
    }
}
