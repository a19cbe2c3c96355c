using System.Runtime.InteropServices;
using static UniBench.Host.NativeMethods;

namespace UniBench.Host;

/// <summary>What the engine asks of the threads that run vCPUs: interrupting, pinning, CPU time.</summary>
public static unsafe class HostThread
{
    private const int KickSignal = 16; // SIGSTKFLT: never raised by a kernel or a runtime
    private const nint TgkillNumber = 234;
    private static readonly Lazy<bool> HandlerInstalled = new(InstallHandler);

    /// <summary>Thread id of the caller.</summary>
    public static int CurrentId => GetThreadId();

    /// <summary>Makes a blocking call of that thread, KVM_RUN included, return with EINTR.</summary>
    /// <remarks>The handler is a function of libc without effects: no managed code runs in a signal handler.</remarks>
    public static void Interrupt(int threadId)
    {
        _ = HandlerInstalled.Value;
        TgkillCall(TgkillNumber, Environment.ProcessId, threadId, KickSignal);
    }

    /// <summary>User and system CPU time of the calling thread, in microseconds.</summary>
    public static (long UserUs, long SystemUs) CpuTime() => Usage(1);

    /// <summary>The same of another thread of this process, to a hundredth of a second; zero when it is gone.</summary>
    public static (long UserUs, long SystemUs) CpuTime(int threadId)
    {
        const int Most = 1024, TickUs = 10_000, UserField = 11;
        byte[] path = System.Text.Encoding.ASCII.GetBytes(FormattableString.Invariant($"/proc/self/task/{threadId}/stat\0"));
        int descriptor = (int)HostCall.OnPath(LinuxCall.Openat, AtFlags.Fdcwd, path, OpenFlags.Cloexec);
        if (descriptor < 0)
        {
            return default;
        }

        string text = System.Text.Encoding.Latin1.GetString(HostIo.ReadAll(descriptor, Most));
        HostIo.Close(descriptor);
        string[] fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
        return (Ticks(UserField) * TickUs, Ticks(UserField + 1) * TickUs);

        long Ticks(int field) => field < fields.Length && long.TryParse(fields[field], System.Globalization.CultureInfo.InvariantCulture, out long ticks) ? ticks : 0;
    }

    /// <summary>User and system CPU time of the whole process, in microseconds.</summary>
    public static (long UserUs, long SystemUs) ProcessCpuTime() => Usage(0);

    /// <summary>Restricts the calling thread to these CPUs.</summary>
    public static void SetAffinity(CpuMask mask) => SetAffinity(0, mask);

    /// <summary>Restricts a thread of this process to these CPUs; 0 is the caller.</summary>
    public static void SetAffinity(int threadId, CpuMask mask)
    {
        ulong* words = stackalloc ulong[CpuMask.Words];
        mask.CopyTo(new Span<ulong>(words, CpuMask.Words));
        if (SchedSetAffinity(threadId, CpuMask.Words * sizeof(ulong), words) < 0)
        {
            throw new HostException("sched_setaffinity", Errno.Last);
        }
    }

    /// <summary>Restricts another process's first thread to these CPUs.</summary>
    /// <returns>False when it is gone or not ours.</returns>
    public static bool TrySetAffinity(int processId, CpuMask mask)
    {
        ulong* words = stackalloc ulong[CpuMask.Words];
        mask.CopyTo(new Span<ulong>(words, CpuMask.Words));
        return SchedSetAffinity(processId, CpuMask.Words * sizeof(ulong), words) == 0;
    }

    /// <summary>CPUs that the calling thread may use.</summary>
    public static CpuMask GetAffinity()
    {
        ulong* words = stackalloc ulong[CpuMask.Words];
        return SchedGetAffinity(0, CpuMask.Words * sizeof(ulong), words) >= 0
            ? new CpuMask(new ReadOnlySpan<ulong>(words, CpuMask.Words))
            : throw new HostException("sched_getaffinity", Errno.Last);
    }

    /// <summary>Gives the calling thread a file mode mask of its own, which lets every bit through: guests have their own masks.</summary>
    public static void LeaveSharedFileState()
    {
        const int CloneFs = 0x200;
        if (HostCall.Invoke(LinuxCall.Unshare, CloneFs) == 0)
        {
            HostCall.Invoke(LinuxCall.Umask, 0);
        }
    }

    /// <summary>CPU time of a thread of this process, in nanoseconds; negative when it is gone.</summary>
    public static long CpuTimeNs(int threadId)
    {
        const int PerThreadScheduled = 4 | 2;
        Timespec time;
        return ClockGetTime((~threadId << 3) | PerThreadScheduled, &time) == 0 ? (time.Seconds * 1_000_000_000) + time.Nanoseconds : -1;
    }

    /// <summary>CPU time of all threads of another process, in nanoseconds; negative when it is gone.</summary>
    public static long ProcessCpuTimeNs(int processId)
    {
        const int Scheduled = 2;
        Timespec time;
        return ClockGetTime((~processId << 3) | Scheduled, &time) == 0 ? (time.Seconds * 1_000_000_000) + time.Nanoseconds : -1;
    }

    private static (long UserUs, long SystemUs) Usage(int who)
    {
        long* usage = stackalloc long[18];
        return GetResourceUsage(who, usage) == 0
            ? ((usage[0] * 1_000_000) + usage[1], (usage[2] * 1_000_000) + usage[3])
            : throw new HostException("getrusage", Errno.Last);
    }

    private static bool InstallHandler()
    {
        nint libc = NativeLibrary.Load("libc.so.6");
        byte* action = stackalloc byte[152]; // struct sigaction: handler, mask, flags (0: no SA_RESTART), restorer
        new Span<byte>(action, 152).Clear();
        *(nint*)action = NativeLibrary.GetExport(libc, "getppid");
        return SignalAction(KickSignal, action, null) == 0 ? true : throw new HostException("sigaction", Errno.Last);
    }
}
