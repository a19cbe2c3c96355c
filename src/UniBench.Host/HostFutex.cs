using static UniBench.Host.NativeMethods;

namespace UniBench.Host;

/// <summary>Sleeping on a word of memory that processes share, and waking who does.</summary>
public static unsafe class HostFutex
{
    private const int WaitOperation = 0;
    private const int WakeOperation = 1;

    /// <summary>Sleeps while the word has that value, but not much longer than the limit; may return early.</summary>
    public static void Wait(HostRange word, uint seen, int milliseconds)
    {
        Timespec limit = new() { Seconds = milliseconds / 1000, Nanoseconds = milliseconds % 1000 * 1_000_000L };
        FutexCall((int*)word.Slice(0, sizeof(int)).Address, WaitOperation, (int)seen, &limit, 0, 0);
    }

    /// <summary>Wakes all who sleep on the word.</summary>
    /// <returns>How many did.</returns>
    public static int Wake(HostRange word) => (int)FutexCall((int*)word.Slice(0, sizeof(int)).Address, WakeOperation, int.MaxValue, null, 0, 0);
}
