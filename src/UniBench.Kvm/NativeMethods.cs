using System.Runtime.InteropServices;

namespace UniBench.Kvm;

/// <summary>Calls that Tmds.LibC lacks.</summary>
internal static unsafe partial class NativeMethods
{
    private const string LibC = "libc";

    [LibraryImport(LibC, EntryPoint = "syscall")]
    internal static partial nint FutexCall(nint number, int* address, int operation, int value, Timespec* timeout, nint address2, int value3);

    [LibraryImport(LibC, EntryPoint = "gettid")]
    [SuppressGCTransition]
    internal static partial int GetThreadId();

    [LibraryImport(LibC, EntryPoint = "syscall")]
    internal static partial nint TgkillCall(nint number, int processId, int threadId, int signal);

    [LibraryImport(LibC, EntryPoint = "getrusage")]
    internal static partial int GetResourceUsage(int who, long* usage);

    [LibraryImport(LibC, EntryPoint = "clock_gettime")]
    internal static partial int ClockGetTime(int clock, Timespec* value);

    [LibraryImport(LibC, EntryPoint = "sched_setaffinity")]
    internal static partial int SchedSetAffinity(int threadId, nuint size, ulong* mask);

    [LibraryImport(LibC, EntryPoint = "sched_getaffinity")]
    internal static partial int SchedGetAffinity(int threadId, nuint size, ulong* mask);

    [LibraryImport(LibC, EntryPoint = "sigaction")]
    internal static partial int SignalAction(int signal, byte* action, byte* old);

    [LibraryImport(LibC, EntryPoint = "getrlimit")]
    internal static partial int GetResourceLimit(int resource, ResourceLimit* limit);

    [LibraryImport(LibC, EntryPoint = "setrlimit")]
    internal static partial int SetResourceLimit(int resource, ResourceLimit* limit);

    [StructLayout(LayoutKind.Sequential)]
    internal struct ResourceLimit
    {
        public ulong Current, Maximum;
    }

    [StructLayout(LayoutKind.Sequential)]
    internal struct Timespec
    {
        public long Seconds, Nanoseconds;
    }
}
