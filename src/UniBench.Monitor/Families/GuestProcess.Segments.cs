using System.Buffers.Binary;
using UniBench.Host;
using UniBench.Monitor.Abi;
using UniBench.Monitor.Ipc;
using UniBench.Monitor.Rings;

namespace UniBench.Monitor.Families;

/// <summary>shmget, shmat, shmdt, shmctl.</summary>
internal sealed partial class GuestProcess
{
    private long GetSegment(IpcNamespace ipc, int key, long size, int flags)
    {
        lock (ipc.Gate)
        {
            return ipc.Segments.Get(key, flags, Caller, known => size > known.Size ? -Errno.EINVAL : 0, () => MakeSegment(ipc, key, size, flags));
        }
    }

    private static long PagesOf(SharedSegment segment) => PagesOf(segment.Size);

    private static long PagesOf(long bytes) => (bytes + GuestLayout.Page - 1) / GuestLayout.Page;

    private (SharedSegment? Made, long Error) MakeSegment(IpcNamespace ipc, int key, long size, int flags)
    {
        const long Most = (long)GuestLayout.RingSlots * GuestLayout.RingStride;
        if (size <= 0 || size > Math.Min(Most, family.IpcLimits.SegmentBytes))
        {
            return (null, -Errno.EINVAL);
        }

        if (ipc.Segments.All.Sum(PagesOf) + PagesOf(size) > family.IpcLimits.SegmentPages)
        {
            return (null, -Errno.ENOSPC);
        }

        List<Ring> rings = [];
        for (long done = 0; done < size; done += GuestLayout.RingStride)
        {
            if (family.Host.Rings.CreateMemory(family.Budget) is not { } ring)
            {
                rings.ForEach(family.Host.Rings.Free);
                family.LimitHit(family.Budget.BytesSentence);
                return (null, -Errno.ENOSPC); // as beyond shmall
            }

            rings.Add(ring);
        }

        SharedSegment segment = new(key, Caller, flags, size, rings);
        foreach (Ring ring in rings)
        {
            lock (ring.Gate)
            {
                ring.Hold(segment, 3);
            }
        }

        return (segment, 0);
    }

    /// <summary>Shows the segment in the window; its size comes in the bounce buffer.</summary>
    /// <returns>The first slot, or -errno.</returns>
    private long AttachSegment(IpcNamespace ipc, int id, int flags)
    {
        const int ReadOnly = 0x1000;
        lock (ipc.Gate)
        {
            if (ipc.Segments.Find(id) is not { } segment)
            {
                return -Errno.EINVAL;
            }

            if (!segment.Allows(Caller, (flags & ReadOnly) != 0 ? 0x124 : 0x1b6))
            {
                return -Errno.EACCES;
            }

            int first = Vm.Window.SlotOf(segment.Rings[0]);
            if (first < 0 && (first = Vm.Window.Free(segment.Rings.Count)) < 0)
            {
                return -Errno.ENOMEM;
            }

            for (int i = 0; i < segment.Rings.Count; i++)
            {
                Vm.Window.Show(first + i, segment.Rings[i]);
                lock (segment.Rings[i].Gate)
                {
                    segment.Rings[i].Hold(this, 3);
                }
            }

            segment.Attach(this);
            BinaryPrimitives.WriteInt64LittleEndian(Vm.Bounce.Span, segment.Size);
            return first;
        }
    }

    /// <summary>One attachment less. The library OS closes the slots when nothing shows them any more.</summary>
    /// <returns>The segment's size, or -EINVAL.</returns>
    private long DetachSegment(IpcNamespace ipc, ulong slot)
    {
        lock (ipc.Gate)
        {
            Ring? ring = Vm.Window.At(slot);
            SharedSegment? segment = ipc.Segments.All.FirstOrDefault(s => s.Rings[0] == ring);
            return segment is not null && ipc.Detach(segment, this, all: false) ? segment.Size : -Errno.EINVAL;
        }
    }

    private static int[] Halves(long value) => [(int)value, (int)(value >> 32)];

    private long ControlSegment(IpcNamespace ipc, int id, int command)
    {
        const int Lock = 11, Unlock = 12, StatByIndex = 13, Info = 14, StatAny = 15;
        lock (ipc.Gate)
        {
            switch (command)
            {
                case IpcInfo: // struct shminfo: shmmax, shmmin, shmmni, shmseg, shmall
                    return DescribeLimits(ipc.Segments.HighestIndex, [.. Halves(family.IpcLimits.SegmentBytes), 1, 0, .. Halves(family.IpcLimits.Segments), .. Halves(family.IpcLimits.Segments), .. Halves(family.IpcLimits.SegmentPages)]);
                case Info: // struct shm_info: used_ids, shm_tot, shm_rss, shm_swp, ...
                    int pages = (int)ipc.Segments.All.Sum(PagesOf);
                    return DescribeLimits(ipc.Segments.HighestIndex, [ipc.Segments.Count, 0, pages, 0, pages, 0]);
            }

            if (ControlAny(ipc.Segments, id, command, StatByIndex, StatAny) is { } answered)
            {
                return answered;
            }

            if (ipc.Segments.Find(id) is not { } segment)
            {
                return -Errno.EINVAL;
            }

            switch (command)
            {
                case IpcSet:
                    segment.SetPermission(Vm.Bounce.Span);
                    return 0;
                case IpcRemove:
                    ipc.Doom(segment);
                    return 0;
                case Lock or Unlock when !segment.IsLockableBy(Caller):
                    return -Errno.EPERM;
                case Lock or Unlock:
                    segment.IsLocked = command == Lock;
                    return 0;
                default:
                    return -Errno.EINVAL;
            }
        }
    }
}
