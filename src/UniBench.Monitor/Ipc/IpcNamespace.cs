using UniBench.Monitor.Memory;
using UniBench.Monitor.Processes;
using UniBench.Monitor.Rings;

namespace UniBench.Monitor.Ipc;

/// <summary>A family's System V objects and POSIX message queues. Its gate guards them all; the objects of a family go with it.</summary>
internal sealed class IpcNamespace(RingTable rings, FamilyBudget budget, IpcLimits limits) : IDisposable
{
    public Lock Gate { get; } = new();

    public IpcTable<SharedSegment> Segments { get; } = new(() => limits.Segments, () => TakeNext(limits, 0));

    public IpcTable<SemaphoreSet> Semaphores { get; } = new(() => limits.Sets, () => TakeNext(limits, 1));

    public IpcTable<MessageQueue> Queues { get; } = new(() => limits.Queues, () => TakeNext(limits, 2));

    public PosixQueues Named { get; } = new();

    /// <summary>Pays for messages and semaphores.</summary>
    public FamilyBudget Budget => budget;

    /// <summary>The child has attached what its parent has.</summary>
    public void Forked(IFamilyMember parent, IFamilyMember child)
    {
        lock (Gate)
        {
            foreach (SharedSegment segment in Segments.All)
            {
                segment.Inherit(parent, child);
            }
        }
    }

    /// <summary>The process has another program, and nothing attached.</summary>
    public void DetachAll(IFamilyMember process)
    {
        lock (Gate)
        {
            foreach (SharedSegment segment in Segments.All.ToArray())
            {
                Detach(segment, process, all: true);
            }
        }
    }

    /// <summary>Nothing of the process shows the ring any more: if a segment begins with it, that is detached.</summary>
    public void Unmapped(Ring ring, IFamilyMember process)
    {
        lock (Gate)
        {
            if (Segments.All.FirstOrDefault(s => s.Rings[0] == ring) is { } segment)
            {
                Detach(segment, process, all: true);
            }
        }
    }

    /// <summary>The process has ended.</summary>
    public void Ended(IFamilyMember process)
    {
        DetachAll(process);
        lock (Gate)
        {
            foreach (SemaphoreSet set in Semaphores.All)
            {
                set.Undo(process.Pid);
            }

            Named.Forget(process);
        }
    }

    /// <returns>False if the process has not attached it.</returns>
    public bool Detach(SharedSegment segment, IFamilyMember process, bool all)
    {
        bool done = segment.Detach(process, all);
        if (segment is { IsDoomed: true, Attachments: 0 })
        {
            Destroy(segment);
        }

        return done;
    }

    /// <summary>IPC_RMID: nobody finds it any more, and it goes when the last process has detached it.</summary>
    public void Doom(SharedSegment segment)
    {
        segment.IsDoomed = true;
        segment.Key = 0;
        if (segment.Attachments == 0)
        {
            Destroy(segment);
        }
    }

    public void Dispose()
    {
        Named.UnlinkAll();
        foreach (SharedSegment segment in Segments.All.ToArray())
        {
            Destroy(segment);
        }
    }

    private static int TakeNext(IpcLimits limits, int kind) => Interlocked.Exchange(ref limits.NextIdentifiers[kind], -1);

    private void Destroy(SharedSegment segment)
    {
        Segments.Remove(segment);
        foreach (Ring ring in segment.Rings)
        {
            bool free;
            lock (ring.Gate)
            {
                ring.Release(segment, 3);
                free = !ring.IsHeld;
            }

            if (free)
            {
                rings.Free(ring);
            }
        }
    }
}
