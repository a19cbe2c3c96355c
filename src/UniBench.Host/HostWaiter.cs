using static Tmds.Linux.LibC;

namespace UniBench.Host;

/// <summary>What to wait for on a descriptor of the host, and what was found: POLL* bits. Laid out as struct pollfd.</summary>
public record struct PollEntry(int Descriptor, short Events, short Revents);

/// <summary>Lets one thread wait for descriptors of the host until another thread wakes it.</summary>
/// <remarks>The waiter calls <see cref="Enter"/>, looks whether it still has to wait, waits, and calls <see cref="Leave"/>. A wake-up after Enter is never lost.</remarks>
public sealed unsafe class HostWaiter : IDisposable
{
    private PollEntry[] entries = new PollEntry[4];
    private int wakeDescriptor = -1;
    private int waiting;

    /// <summary>What is ready now.</summary>
    /// <returns>How many entries have events.</returns>
    public static int Look(Span<PollEntry> entries) => Poll(entries, 1);

    public void Enter()
    {
        if (wakeDescriptor < 0)
        {
            long made = HostCall.Invoke(LinuxCall.Eventfd2, 0, OpenFlags.Nonblock | OpenFlags.Cloexec);
            wakeDescriptor = made >= 0 ? (int)made : throw new HostException("eventfd", (int)-made);
        }

        Interlocked.Exchange(ref waiting, 1);
    }

    /// <summary>Waits for the first event, a wake-up, or the deadline (CLOCK_MONOTONIC, ns; 0: none).</summary>
    /// <returns>How many entries have events.</returns>
    public int Wait(Span<PollEntry> wanted, long deadlineNs)
    {
        if (entries.Length <= wanted.Length)
        {
            entries = new PollEntry[wanted.Length + 1];
        }

        wanted.CopyTo(entries);
        entries[wanted.Length] = new PollEntry(wakeDescriptor, (short)POLLIN, 0);
        Span<PollEntry> all = entries.AsSpan(0, wanted.Length + 1);
        int ready = Poll(all, deadlineNs);
        all[..wanted.Length].CopyTo(wanted);
        return ready > 0 && all[wanted.Length].Revents != 0 ? ready - 1 : ready;
    }

    public void Leave()
    {
        if (Interlocked.Exchange(ref waiting, 0) == 2)
        {
            long count;
            _ = read(wakeDescriptor, &count, sizeof(long));
        }
    }

    /// <summary>Ends the wait, if there is one. Any thread may call it at any time.</summary>
    public void Wake()
    {
        if (Interlocked.CompareExchange(ref waiting, 2, 1) == 1)
        {
            long one = 1;
            _ = write(wakeDescriptor, &one, sizeof(long));
        }
    }

    public void Dispose()
    {
        if (wakeDescriptor >= 0)
        {
            _ = close(wakeDescriptor);
            wakeDescriptor = -1;
        }
    }

    private static int Poll(Span<PollEntry> all, long deadlineNs)
    {
        long left = deadlineNs == 0 ? 0 : Math.Max(0, deadlineNs - HostClock.Monotonic);
        long* time = stackalloc long[2] { left / 1_000_000_000, left % 1_000_000_000 };
        //// SAFETY: PollEntry has the layout of struct pollfd.
        fixed (PollEntry* at = all)
        {
            return (int)HostCall.Invoke(LinuxCall.Ppoll, (nint)at, all.Length, deadlineNs == 0 ? 0 : (nint)time, 0, 8);
        }
    }
}
