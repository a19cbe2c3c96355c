using System.Buffers.Binary;
using NUnit.Framework;
using UniBench.Monitor.Ipc;
using UniBench.Monitor.Memory;
using UniBench.Monitor.Segments;
using UniBench.Tests.Processes;

namespace UniBench.Tests.Ipc;

[TestFixture]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class SharedMemoryTests : IDisposable
{
    private const long Size = 5000;
    private static readonly IpcCaller Maker = new(1, Users.Of(0));
    private readonly FakeMember parent = new(2), child = new(3);
    private readonly SegmentTable segments = new(ofFiles: false);
    private readonly FamilyBudget budget = new(8 << 20, 4, 0);
    private readonly IpcNamespace ipc;
    private readonly SharedMemory memory;

    public SharedMemoryTests()
    {
        ipc = new IpcNamespace(segments, budget, new IpcLimits());
        Segment segment = segments.CreateMemory(budget)!;
        memory = new SharedMemory(7, Maker, 0x1b6, Size, [segment]);
        segment.Hold(memory);
        ipc.SharedMemory.Get(7, IpcTable.Create | 0x1b6, Maker, _ => 0, () => (memory, 0));
    }

    private bool IsThere => segments.InUse == 1 && ipc.SharedMemory.Find(memory.Id) is not null;

    public void Dispose()
    {
        ipc.Dispose();
        Assert.That(segments.InUse, Is.Zero, "it goes with its family");
        segments.Dispose();
    }

    [Test]
    public void It_stays_while_nobody_has_it_attached()
    {
        memory.Attach(parent);
        Assert.That(ipc.Detach(memory, parent, all: false), Is.True);
        Assert.That((memory.Attachments, IsThere), Is.EqualTo((0, true)));
        Assert.That(ipc.Detach(memory, parent, all: false), Is.False);
    }

    [Test]
    public void Once_it_is_removed_its_key_leads_nowhere_and_it_goes_with_its_last_process()
    {
        memory.Attach(parent);
        memory.Attach(child);
        ipc.Doom(memory);
        Assert.That(ipc.SharedMemory.Get(7, 0, Maker, _ => 0, () => (null, 0)), Is.Negative);
        Assert.That(memory.IsRemoved, Is.False);
        ipc.Detach(memory, parent, all: false);
        Assert.That((IsThere, (Described(20) & 0x200) != 0), Is.EqualTo((true, true)), "SHM_DEST");
        ipc.Ended(child);
        Assert.That((IsThere, memory.IsRemoved), Is.EqualTo((false, true)));
    }

    [Test]
    public void Removed_while_nobody_has_it_it_goes_at_once()
    {
        ipc.Doom(memory);
        Assert.That(IsThere, Is.False);
    }

    [Test]
    public void A_child_has_what_its_parent_has_attached_and_as_often()
    {
        memory.Attach(parent);
        memory.Attach(parent);
        ipc.Forked(parent, child);
        Assert.That(memory.Attachments, Is.EqualTo(4));
        ipc.Detach(memory, child, all: false);
        Assert.That(memory.Attachments, Is.EqualTo(3));
        ipc.DetachAll(parent);
        Assert.That(memory.Attachments, Is.EqualTo(1));
        ipc.Ended(child);
        Assert.That(memory.Attachments, Is.Zero);
    }

    [Test]
    public void A_child_of_who_has_nothing_has_nothing()
    {
        memory.Attach(parent);
        ipc.Forked(child, new FakeMember(4));
        Assert.That(memory.Attachments, Is.EqualTo(1));
    }

    [Test]
    public void A_process_that_shows_its_memory_no_more_has_detached_it()
    {
        memory.Attach(parent);
        memory.Attach(child);
        ipc.Unmapped(memory.Segments[0], parent);
        Assert.That(memory.Attachments, Is.EqualTo(1));
        Segment other = segments.CreateMemory(budget)!;
        ipc.Unmapped(other, child);
        Assert.That(memory.Attachments, Is.EqualTo(1));
        segments.Free(other);
    }

    [Test]
    public void Memory_that_a_process_still_shows_is_not_free_when_the_object_goes()
    {
        Holder still = new();
        memory.Segments[0].Hold(still);
        ipc.Doom(memory);
        Assert.That((segments.InUse, memory.Segments[0].IsHeld), Is.EqualTo((1, true)));
        memory.Segments[0].Release(still);
        segments.Free(memory.Segments[0]);
    }

    [Test]
    public void The_description_says_size_makers_and_last_process_and_attachments()
    {
        memory.Attach(parent);
        memory.Attach(child);
        Assert.That((Described(48), Described(80) & uint.MaxValue, Described(80) >> 32, Described(88)), Is.EqualTo((Size, 1L, 3L, 2L)));
    }

    [Test]
    public void What_an_ended_process_did_to_semaphores_is_taken_back()
    {
        SemaphoreSet set = new(1, Maker, 0x1b6, 1, budget);
        ipc.Semaphores.Get(1, IpcTable.Create | 0x1b6, Maker, _ => 0, () => (set, 0));
        set.Set(0, 3, 1);
        short[] lowerAndUndo = [0, -1, 0x1000];
        Assert.That(set.Try(System.Runtime.InteropServices.MemoryMarshal.Cast<short, SemaphoreOperation>(lowerAndUndo), child.Pid), Is.Zero);
        ipc.Ended(parent);
        Assert.That(set[0], Is.EqualTo(2));
        ipc.Ended(child);
        Assert.That(set[0], Is.EqualTo(3));
    }

    private long Described(int at)
    {
        byte[] status = new byte[SharedMemory.Bytes];
        memory.Describe(status);
        return BinaryPrimitives.ReadInt64LittleEndian(status.AsSpan(at));
    }

    private sealed class Holder : ISegmentHolder
    {
        public int Pid => 9;

        public bool HasLetGo(Ring ring, int side) => false;

        public void RingChanged(Ring ring, ISegmentHolder? by)
        {
        }
    }
}
