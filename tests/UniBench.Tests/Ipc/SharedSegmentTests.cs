using System.Buffers.Binary;
using NUnit.Framework;
using UniBench.Monitor.Ipc;
using UniBench.Monitor.Memory;
using UniBench.Monitor.Rings;
using UniBench.Tests.Processes;

namespace UniBench.Tests.Ipc;

[TestFixture]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class SharedSegmentTests : IDisposable
{
    private const long Size = 5000;
    private static readonly IpcCaller Maker = new(1, Users.Of(0));
    private readonly FakeMember parent = new(2), child = new(3);
    private readonly RingTable rings = new(ofFiles: false);
    private readonly FamilyBudget budget = new(8 << 20, 4, 0);
    private readonly IpcNamespace ipc;
    private readonly SharedSegment segment;

    public SharedSegmentTests()
    {
        ipc = new IpcNamespace(rings, budget, new IpcLimits());
        Ring ring = rings.CreateMemory(budget)!;
        segment = new SharedSegment(7, Maker, 0x1b6, Size, [ring]);
        ring.Hold(segment, 3);
        ipc.Segments.Get(7, IpcTable.Create | 0x1b6, Maker, _ => 0, () => (segment, 0));
    }

    private bool IsThere => rings.InUse == 1 && ipc.Segments.Find(segment.Id) is not null;

    public void Dispose()
    {
        ipc.Dispose();
        Assert.That(rings.InUse, Is.Zero, "it goes with its family");
        rings.Dispose();
    }

    [Test]
    public void It_stays_while_nobody_has_it_attached()
    {
        segment.Attach(parent);
        Assert.That(ipc.Detach(segment, parent, all: false), Is.True);
        Assert.That((segment.Attachments, IsThere), Is.EqualTo((0, true)));
        Assert.That(ipc.Detach(segment, parent, all: false), Is.False);
    }

    [Test]
    public void Once_it_is_removed_its_key_leads_nowhere_and_it_goes_with_its_last_process()
    {
        segment.Attach(parent);
        segment.Attach(child);
        ipc.Doom(segment);
        Assert.That(ipc.Segments.Get(7, 0, Maker, _ => 0, () => (null, 0)), Is.Negative);
        Assert.That(segment.IsRemoved, Is.False);
        ipc.Detach(segment, parent, all: false);
        Assert.That((IsThere, (Described(20) & 0x200) != 0), Is.EqualTo((true, true)), "SHM_DEST");
        ipc.Ended(child);
        Assert.That((IsThere, segment.IsRemoved), Is.EqualTo((false, true)));
    }

    [Test]
    public void Removed_while_nobody_has_it_it_goes_at_once()
    {
        ipc.Doom(segment);
        Assert.That(IsThere, Is.False);
    }

    [Test]
    public void A_child_has_what_its_parent_has_attached_and_as_often()
    {
        segment.Attach(parent);
        segment.Attach(parent);
        ipc.Forked(parent, child);
        Assert.That(segment.Attachments, Is.EqualTo(4));
        ipc.Detach(segment, child, all: false);
        Assert.That(segment.Attachments, Is.EqualTo(3));
        ipc.DetachAll(parent);
        Assert.That(segment.Attachments, Is.EqualTo(1));
        ipc.Ended(child);
        Assert.That(segment.Attachments, Is.Zero);
    }

    [Test]
    public void A_child_of_who_has_nothing_has_nothing()
    {
        segment.Attach(parent);
        ipc.Forked(child, new FakeMember(4));
        Assert.That(segment.Attachments, Is.EqualTo(1));
    }

    [Test]
    public void A_process_that_shows_its_memory_no_more_has_detached_it()
    {
        segment.Attach(parent);
        segment.Attach(child);
        ipc.Unmapped(segment.Rings[0], parent);
        Assert.That(segment.Attachments, Is.EqualTo(1));
        Ring other = rings.CreateMemory(budget)!;
        ipc.Unmapped(other, child);
        Assert.That(segment.Attachments, Is.EqualTo(1));
        rings.Free(other);
    }

    [Test]
    public void Memory_that_a_process_still_shows_is_not_free_when_the_segment_goes()
    {
        Holder still = new();
        segment.Rings[0].Hold(still, 3);
        ipc.Doom(segment);
        Assert.That((rings.InUse, segment.Rings[0].IsHeld), Is.EqualTo((1, true)));
        segment.Rings[0].Release(still, 3);
        rings.Free(segment.Rings[0]);
    }

    [Test]
    public void The_description_says_size_makers_and_last_process_and_attachments()
    {
        segment.Attach(parent);
        segment.Attach(child);
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
        byte[] status = new byte[SharedSegment.Bytes];
        segment.Describe(status);
        return BinaryPrimitives.ReadInt64LittleEndian(status.AsSpan(at));
    }

    private sealed class Holder : IRingHolder
    {
        public int Pid => 9;

        public bool HasLetGo(Ring ring, int side) => false;

        public void RingChanged(Ring ring, IRingHolder? by)
        {
        }
    }
}
