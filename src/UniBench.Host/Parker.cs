using System.Runtime.InteropServices;
using static UniBench.Host.NativeMethods;

namespace UniBench.Host;

/// <summary>Lets one thread sleep until another wakes it: a futex, with a spin before it if a core is to spare.</summary>
/// <remarks>A wake-up that comes before the sleep is kept. Allocates nothing after construction.</remarks>
public sealed unsafe class Parker : IDisposable
{
    private const int FutexWaitBitsetPrivate = 9 | 128;
    private const int FutexWakePrivate = 1 | 128;
    private const int Idle = 0;
    private const int Notified = 1;
    private const int Asleep = -1;
    private const int CacheLine = 64;
    private int* word = NewWord(); // not a page: every VM has two, and the kernel walks all mappings to make one more VM

    private ref int State => ref *word;

    /// <summary>Returns when woken, or when the deadline (CLOCK_MONOTONIC, ns; 0: none) has passed.</summary>
    /// <param name="deadlineNs">Absolute CLOCK_MONOTONIC time in ns, 0 for none.</param>
    /// <param name="spins">How often to look before sleeping.</param>
    /// <returns>True if woken.</returns>
    public bool Park(long deadlineNs, int spins)
    {
        for (int i = 0; i < spins; i++)
        {
            if (Volatile.Read(ref State) == Notified)
            {
                break;
            }

            Thread.SpinWait(8);
        }

        if (Interlocked.CompareExchange(ref State, Asleep, Idle) == Idle)
        {
            Timespec deadline = new() { Seconds = deadlineNs / 1_000_000_000, Nanoseconds = deadlineNs % 1_000_000_000 };
            while (Volatile.Read(ref State) == Asleep)
            {
                nint result = FutexCall(word, FutexWaitBitsetPrivate, Asleep, deadlineNs == 0 ? null : &deadline, 0, -1);
                if (result < 0 && Errno.Last == 110)
                {
                    break; // ETIMEDOUT
                }
            }
        }

        return Interlocked.Exchange(ref State, Idle) == Notified;
    }

    /// <summary>Drops a wake-up that was kept. Whoever calls it looks afterwards whether there is still reason to sleep.</summary>
    public void Forget() => Interlocked.Exchange(ref State, Idle);

    public void Wake()
    {
        if (Interlocked.Exchange(ref State, Notified) == Asleep)
        {
            FutexCall(word, FutexWakePrivate, 1, null, 0, 0);
        }
    }

    public void Dispose()
    {
        NativeMemory.AlignedFree(word);
        word = null;
    }

    private static int* NewWord()
    {
        int* made = (int*)NativeMemory.AlignedAlloc(CacheLine, CacheLine);
        *made = Idle;
        return made;
    }
}
