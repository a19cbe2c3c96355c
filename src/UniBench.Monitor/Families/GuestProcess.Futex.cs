using UniBench.Host;
using UniBench.Monitor.Abi;
using UniBench.Monitor.Rings;

namespace UniBench.Monitor.Families;

/// <summary>Futexes in memory that processes share.</summary>
internal sealed partial class GuestProcess
{
    private long FutexWait(ulong address, uint expected, long deadlineNs, uint bits)
    {
        const int TimedOut = 110;
        if (!TryFindFutex(address, out Ring? ring, out long offset))
        {
            return -Errno.EFAULT;
        }

        if (!family.Futexes.TryWait(ring!.KeyOf(offset), this, bits, () => ReadWord(ring, offset) == expected, out FutexWaiter? waiter))
        {
            return -Errno.EAGAIN;
        }

        try
        {
            while (!waiter!.IsWoken)
            {
                if (SignalDue())
                {
                    return waiter.IsWoken ? 0 : -Errno.ERESTARTSYS;
                }

                if (deadlineNs != 0 && HostClock.Monotonic >= deadlineNs)
                {
                    return waiter.IsWoken ? 0 : -TimedOut;
                }

                Sleep(deadlineNs, spin: true);
            }

            return 0;
        }
        finally
        {
            family.Futexes.Leave(waiter!);
        }
    }

    /// <summary>Waits at several words, which are in the bounce buffer.</summary>
    /// <returns>Which one was woken.</returns>
    private long FutexWaitAny(ulong count, long deadlineNs)
    {
        const int TimedOut = 110;
        if (count is 0 or > GuestLayout.FutexWaitvMax)
        {
            return -Errno.EINVAL;
        }

        FutexWord[] words = System.Runtime.InteropServices.MemoryMarshal.Cast<byte, FutexWord>(Vm.Bounce.Span)[..(int)count].ToArray();
        List<(Ring Ring, long Offset)> places = [];
        foreach (FutexWord word in words)
        {
            if (!TryFindFutex(word.Address, out Ring? ring, out long offset))
            {
                return -Errno.EFAULT;
            }

            places.Add((ring!, offset));
        }

        bool HaveValues() => !words.Where((w, i) => ReadWord(places[i].Ring, places[i].Offset) != w.Expected).Any();
        if (family.Futexes.TryWaitAll(this, [.. places.Select(p => p.Ring.KeyOf(p.Offset))], HaveValues) is not { } waiters)
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
                if (late || SignalDue())
                {
                    return late ? -TimedOut : -Errno.ERESTARTSYS;
                }

                Sleep(deadlineNs, spin: true);
            }
        }
        finally
        {
            foreach (FutexWaiter waiter in waiters)
            {
                family.Futexes.Leave(waiter);
            }
        }
    }

    private long FutexWake(ulong address, long count, long move, uint bits, ulong target)
    {
        if (!TryFindFutex(address, out Ring? ring, out long offset))
        {
            return -Errno.EFAULT;
        }

        FutexKey? to = null;
        if (move > 0)
        {
            if (!TryFindFutex(target, out Ring? ring2, out long offset2))
            {
                return -Errno.EFAULT;
            }

            to = ring2!.KeyOf(offset2);
        }

        return family.Futexes.Wake(ring!.KeyOf(offset), count, bits, move, to);
    }

    private bool TryFindFutex(ulong address, out Ring? ring, out long offset)
    {
        offset = (long)(address % GuestLayout.RingStride);
        ring = Vm.Window.At(address / GuestLayout.RingStride);
        return ring is { IsPipe: false } && offset % 4 == 0 && offset + 4 <= ring.Memory.Length;
    }

    /// <summary>Never by touching it: behind the end of a file there is nothing, and this process would die.</summary>
    private static uint? ReadWord(Ring ring, long offset) => HostIo.ReadWord(ring.Memory.Slice(offset, 4));
}
