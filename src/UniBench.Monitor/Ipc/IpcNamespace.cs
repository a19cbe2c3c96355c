using UniBench.Monitor.Memory;
using UniBench.Monitor.Processes;
using UniBench.Monitor.Segments;

namespace UniBench.Monitor.Ipc;

/// <summary>A family's System V objects and POSIX message queues. Its gate guards them all; the objects of a family go with it.</summary>
internal sealed class IpcNamespace(SegmentTable segments, FamilyBudget budget, IpcLimits limits) : IDisposable
{
    public Lock Gate { get; } = new();

    public IpcTable<SharedMemory> SharedMemory { get; } = new(() => limits.Segments, () => TakeNext(limits, 0));

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
            foreach (SharedMemory memory in SharedMemory.All)
            {
                memory.Inherit(parent, child);
            }
        }
    }

    /// <summary>The process has another program, and nothing attached.</summary>
    public void DetachAll(IFamilyMember process)
    {
        lock (Gate)
        {
            foreach (SharedMemory memory in SharedMemory.All.ToArray())
            {
                Detach(memory, process, all: true);
            }
        }
    }

    /// <summary>Nothing of the process shows the segment any more: if System V memory begins with it, that is detached.</summary>
    public void Unmapped(Segment segment, IFamilyMember process)
    {
        lock (Gate)
        {
            if (SharedMemory.All.FirstOrDefault(m => m.Segments[0] == segment) is { } memory)
            {
                Detach(memory, process, all: true);
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

    /// <summary>Whether semaphores will be adjusted when the process ends.</summary>
    public bool Undoes(int pid)
    {
        lock (Gate)
        {
            return Semaphores.All.Any(s => s.Undoes(pid));
        }
    }

    /// <returns>False if the process has not attached it.</returns>
    public bool Detach(SharedMemory memory, IFamilyMember process, bool all)
    {
        bool done = memory.Detach(process, all);
        if (memory is { IsDoomed: true, Attachments: 0 })
        {
            Destroy(memory);
        }

        return done;
    }

    /// <summary>IPC_RMID: nobody finds it any more, and it goes when the last process has detached it.</summary>
    public void Doom(SharedMemory memory)
    {
        memory.IsDoomed = true;
        memory.Key = 0;
        if (memory.Attachments == 0)
        {
            Destroy(memory);
        }
    }

    public void Dispose()
    {
        Named.UnlinkAll();
        foreach (SharedMemory memory in SharedMemory.All.ToArray())
        {
            Destroy(memory);
        }
    }

    private static int TakeNext(IpcLimits limits, int kind) => Interlocked.Exchange(ref limits.NextIdentifiers[kind], -1);

    private void Destroy(SharedMemory memory)
    {
        SharedMemory.Remove(memory);
        foreach (Segment segment in memory.Segments)
        {
            bool free;
            lock (segment.Gate)
            {
                segment.Release(memory);
                free = !segment.IsHeld;
            }

            if (free)
            {
                segments.Free(segment);
            }
        }
    }
}
