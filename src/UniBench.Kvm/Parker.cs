using static UniBench.Kvm.NativeMethods;

namespace UniBench.Kvm;

/// <summary>Lets one thread sleep until another wakes it: a futex, with a spin before it if a core is to spare.</summary>
/// <remarks>A wake-up that comes before the sleep is kept. Allocates nothing after construction.</remarks>
public sealed unsafe class Parker : IDisposable
{
    private const int FutexWaitBitsetPrivate = 9 | 128;
    private const int FutexWakePrivate = 1 | 128;
    private const nint FutexNumber = 202;
    private const int Idle = 0;
    private const int Notified = 1;
    private const int Asleep = -1;
    private readonly HostMapping page = HostMapping.Anonymous(4096);

    private ref int State => ref *(int*)page.Pointer;

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
                nint result = FutexCall(FutexNumber, (int*)page.Pointer, FutexWaitBitsetPrivate, Asleep, deadlineNs == 0 ? null : &deadline, 0, -1);
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
            FutexCall(FutexNumber, (int*)page.Pointer, FutexWakePrivate, 1, null, 0, 0);
        }
    }

    public void Dispose() => page.Dispose();
}
