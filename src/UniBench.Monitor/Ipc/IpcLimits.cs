using UniBench.Monitor.Abi;

namespace UniBench.Monitor.Ipc;

/// <summary>What /proc/sys/kernel sets for a family's System V objects, and they obey. Each is one word: whoever reads sees the old or the new one.</summary>
internal sealed class IpcLimits
{
    private const long Engine = (long)GuestLayout.WindowSlots * GuestLayout.SegmentBytes;

    /// <summary>shmmax: bytes of one segment. No more than the engine can show is ever made.</summary>
    public long SegmentBytes { get; set; } = Engine;

    /// <summary>shmall: pages of all segments.</summary>
    public long SegmentPages { get; set; } = Engine / GuestLayout.Page;

    /// <summary>shmmni.</summary>
    public int Segments { get; set; } = 4096;

    /// <summary>msgmax: bytes of one message.</summary>
    public int MessageBytes { get; set; } = 8192;

    /// <summary>msgmnb: bytes of a new queue.</summary>
    public int QueueBytes { get; set; } = 16384;

    /// <summary>msgmni.</summary>
    public int Queues { get; set; } = 32000;

    /// <summary>SEMMSL: semaphores of a set.</summary>
    public int SemaphoresOfSet { get; set; } = 32000;

    /// <summary>SEMMNS: semaphores of all sets.</summary>
    public int Semaphores { get; set; } = 1024000000;

    /// <summary>SEMOPM: operations of a semop.</summary>
    public int Operations { get; set; } = 500;

    /// <summary>SEMMNI: sets.</summary>
    public int Sets { get; set; } = 32000;

    /// <summary>shm_next_id, sem_next_id, msg_next_id: the identifier that the next object is to have, if it is free; -1: any. By kind, in that order.</summary>
    public int[] NextIdentifiers { get; } = [-1, -1, -1];
}
