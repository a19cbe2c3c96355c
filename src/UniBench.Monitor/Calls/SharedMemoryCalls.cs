using System.Buffers.Binary;
using UniBench.Host;
using UniBench.Monitor.Abi;
using UniBench.Monitor.Families;
using UniBench.Monitor.Ipc;
using UniBench.Monitor.Segments;

namespace UniBench.Monitor.Calls;

/// <summary>shmget, shmat, shmdt, shmctl.</summary>
internal sealed class SharedMemoryCalls(GuestProcess process) : IpcModule(process)
{
    public long GetSharedMemory(IpcNamespace ipc, int key, long size, int flags)
    {
        lock (ipc.Gate)
        {
            return ipc.SharedMemory.Get(key, flags, Caller, known => size > known.Size ? -Errno.EINVAL : 0, () => MakeSharedMemory(ipc, key, size, flags));
        }
    }

    private static long PagesOf(SharedMemory memory) => PagesOf(memory.Size);

    private static long PagesOf(long bytes) => (bytes + GuestLayout.Page - 1) / GuestLayout.Page;

    private (SharedMemory? Made, long Error) MakeSharedMemory(IpcNamespace ipc, int key, long size, int flags)
    {
        const int HugePages = 0x800; // SHM_HUGETLB
        const long Most = (long)GuestLayout.WindowSlots * GuestLayout.SegmentBytes;
        if (size <= 0 || size > Math.Min(Most, Family.IpcLimits.SegmentBytes))
        {
            return (null, -Errno.EINVAL);
        }

        if ((flags & HugePages) != 0)
        {
            return (null, -Errno.ENOMEM); // none are set aside
        }

        if (ipc.SharedMemory.All.Sum(PagesOf) + PagesOf(size) > Family.IpcLimits.SegmentPages)
        {
            return (null, -Errno.ENOSPC);
        }

        if (Process.Segments.NewSegments((int)((size + GuestLayout.SegmentBytes - 1) / GuestLayout.SegmentBytes)) is not { } segments)
        {
            return (null, -Errno.ENOSPC); // as beyond shmall
        }

        SharedMemory memory = new(key, Caller, flags, size, segments);
        foreach (Segment segment in segments)
        {
            lock (segment.Gate)
            {
                segment.Hold(memory);
            }
        }

        return (memory, 0);
    }

    /// <summary>Shows the memory in the window; its size comes in the bounce buffer.</summary>
    /// <returns>The first slot, or -errno.</returns>
    public long AttachSharedMemory(IpcNamespace ipc, int id, int flags)
    {
        const int ReadOnly = 0x1000;
        lock (ipc.Gate)
        {
            if (ipc.SharedMemory.Find(id) is not { } memory)
            {
                return -Errno.EINVAL;
            }

            if (!memory.Allows(Caller, (flags & ReadOnly) != 0 ? 0x124 : 0x1b6))
            {
                return -Errno.EACCES;
            }

            int first = Vm.Window.SlotOf(memory.Segments[0]);
            if (first < 0 && (first = Vm.Window.Free(memory.Segments.Count)) < 0)
            {
                return -Errno.ENOMEM;
            }

            Process.Segments.Show(first, memory.Segments);
            memory.Attach(Process);
            BinaryPrimitives.WriteInt64LittleEndian(Vm.Bounce.Span, memory.Size);
            return first;
        }
    }

    /// <summary>One attachment less. The library OS closes the slots when nothing shows them any more.</summary>
    /// <returns>The segment's size, or -EINVAL.</returns>
    public long DetachSharedMemory(IpcNamespace ipc, ulong slot)
    {
        lock (ipc.Gate)
        {
            Segment? segment = Vm.Window.At(slot);
            SharedMemory? memory = ipc.SharedMemory.All.FirstOrDefault(m => m.Segments[0] == segment);
            return memory is not null && ipc.Detach(memory, Process, all: false) ? memory.Size : -Errno.EINVAL;
        }
    }

    private static int[] Halves(long value) => [(int)value, (int)(value >> 32)];

    public long ControlSharedMemory(IpcNamespace ipc, int id, int command)
    {
        const int Lock = 11, Unlock = 12, StatByIndex = 13, Info = 14, StatAny = 15;
        lock (ipc.Gate)
        {
            switch (command)
            {
                case IpcInfo: // struct shminfo: shmmax, shmmin, shmmni, shmseg, shmall
                    return DescribeLimits(ipc.SharedMemory.HighestIndex, [.. Halves(Family.IpcLimits.SegmentBytes), 1, 0, .. Halves(Family.IpcLimits.Segments), .. Halves(Family.IpcLimits.Segments), .. Halves(Family.IpcLimits.SegmentPages)]);
                case Info: // struct shm_info: used_ids, shm_tot, shm_rss, shm_swp, ...
                    int pages = (int)ipc.SharedMemory.All.Sum(PagesOf);
                    return DescribeLimits(ipc.SharedMemory.HighestIndex, [ipc.SharedMemory.Count, 0, pages, 0, pages, 0]);
            }

            if (ControlAny(ipc.SharedMemory, id, command, StatByIndex, StatAny) is { } answered)
            {
                return answered;
            }

            if (ipc.SharedMemory.Find(id) is not { } memory)
            {
                return -Errno.EINVAL;
            }

            switch (command)
            {
                case IpcSet:
                    memory.SetPermission(Vm.Bounce.Span);
                    return 0;
                case IpcRemove:
                    ipc.Doom(memory);
                    return 0;
                case Lock or Unlock when !memory.IsLockableBy(Caller):
                    return -Errno.EPERM;
                case Lock or Unlock:
                    memory.IsLocked = command == Lock;
                    return 0;
                default:
                    return -Errno.EINVAL;
            }
        }
    }
}
