using UniBench.Host;
using UniBench.Monitor.Abi;
using UniBench.Monitor.Families;
using UniBench.Monitor.Segments;

namespace UniBench.Monitor.Calls;

/// <summary>Futexes in memory that processes share.</summary>
internal sealed class FutexCalls(GuestProcess process) : CallModule(process)
{
    public long FutexWait(ulong address, uint expected, long deadlineNs, uint bits)
    {
        if (!TryFindFutex(address, out Segment? segment, out long offset))
        {
            return -Errno.EFAULT;
        }

        if (!Family.Futexes.TryWait(segment!.KeyOf(offset), Process, bits, () => ReadWord(segment, offset) == expected, out FutexWaiter? waiter))
        {
            return -Errno.EAGAIN;
        }

        try
        {
            while (!waiter!.IsWoken)
            {
                if (Process.SignalDue())
                {
                    return waiter.IsWoken ? 0 : -Errno.ERESTARTSYS;
                }

                if (deadlineNs != 0 && HostClock.Monotonic >= deadlineNs)
                {
                    return waiter.IsWoken ? 0 : -Errno.ETIMEDOUT;
                }

                Process.Sleep(deadlineNs, spin: true);
            }

            return 0;
        }
        finally
        {
            Family.Futexes.Leave(waiter!);
        }
    }

    /// <summary>Waits at several words, which are in the bounce buffer.</summary>
    /// <returns>Which one was woken.</returns>
    public long FutexWaitAny(ulong count, long deadlineNs)
    {
        if (count is 0 or > GuestLayout.FutexWaitvMax)
        {
            return -Errno.EINVAL;
        }

        FutexWord[] words = System.Runtime.InteropServices.MemoryMarshal.Cast<byte, FutexWord>(Vm.Bounce.Span)[..(int)count].ToArray();
        List<(Segment Segment, long Offset)> places = [];
        foreach (FutexWord word in words)
        {
            if (!TryFindFutex(word.Address, out Segment? segment, out long offset))
            {
                return -Errno.EFAULT;
            }

            places.Add((segment!, offset));
        }

        bool HaveValues() => !words.Where((w, i) => ReadWord(places[i].Segment, places[i].Offset) != w.Expected).Any();
        if (Family.Futexes.TryWaitAll(Process, [.. places.Select(p => p.Segment.KeyOf(p.Offset))], HaveValues) is not { } waiters)
        {
            return -Errno.EAGAIN;
        }

        try
        {
            while (true)
            {
                for (int i = 0; i < waiters.Count; i++)
                {
                    if (waiters[i].IsWoken)
                    {
                        return i;
                    }
                }

                bool late = deadlineNs != 0 && HostClock.Monotonic >= deadlineNs;
                if (late || Process.SignalDue())
                {
                    return late ? -Errno.ETIMEDOUT : -Errno.ERESTARTSYS;
                }

                Process.Sleep(deadlineNs, spin: true);
            }
        }
        finally
        {
            foreach (FutexWaiter waiter in waiters)
            {
                Family.Futexes.Leave(waiter);
            }
        }
    }

    public long FutexWake(ulong address, long count, long move, uint bits, ulong target)
    {
        if (!TryFindFutex(address, out Segment? segment, out long offset))
        {
            return -Errno.EFAULT;
        }

        FutexKey? to = null;
        if (move > 0)
        {
            if (!TryFindFutex(target, out Segment? other, out long offset2))
            {
                return -Errno.EFAULT;
            }

            to = other!.KeyOf(offset2);
        }

        return Family.Futexes.Wake(segment!.KeyOf(offset), count, bits, move, to);
    }

    public bool TryFindFutex(ulong address, out Segment? segment, out long offset)
    {
        offset = (long)(address % GuestLayout.SegmentBytes);
        segment = Vm.Window.At(address / GuestLayout.SegmentBytes);
        return segment is not (null or Ring) && offset % 4 == 0 && offset + 4 <= segment.Memory.Length;
    }

    /// <summary>Never by touching it: behind the end of a file there is nothing, and this process would die.</summary>
    private static uint? ReadWord(Segment segment, long offset) => HostIo.ReadWord(segment.Memory.Slice(offset, 4));
}
