using System.Runtime.InteropServices;

namespace UniBench.Host;

/// <summary>Calls that Tmds.LibC lacks.</summary>
internal static unsafe partial class NativeMethods
{
    private const string LibC = "libc";

    [LibraryImport(LibC, EntryPoint = "syscall")]
    private static partial nint FutexCall(nint number, int* address, int operation, int value, Timespec* timeout, nint address2, int value3);

    internal static nint FutexCall(int* address, int operation, int value, Timespec* timeout, nint address2, int value3) =>
        FutexCall((nint)LinuxCall.Futex, address, operation, value, timeout, address2, value3);

    [LibraryImport(LibC, EntryPoint = "pwritev2")]
    internal static partial nint WriteVector(int descriptor, Tmds.Linux.iovec* parts, int count, long offset, int flags);

    [LibraryImport(LibC, EntryPoint = "getauxval")]
    internal static partial nuint AuxiliaryValue(nuint type);

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

    [LibraryImport(LibC, EntryPoint = "posix_spawn", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int PosixSpawn(int* pid, string path, byte* actions, byte* attributes, byte** arguments, byte** environment);

    [LibraryImport(LibC, EntryPoint = "posix_spawn_file_actions_init")]
    internal static partial int SpawnActionsInit(byte* actions);

    [LibraryImport(LibC, EntryPoint = "posix_spawn_file_actions_adddup2")]
    internal static partial int SpawnActionsDup2(byte* actions, int from, int to);

    [LibraryImport(LibC, EntryPoint = "posix_spawn_file_actions_addclose")]
    internal static partial int SpawnActionsClose(byte* actions, int descriptor);

    [LibraryImport(LibC, EntryPoint = "posix_spawn_file_actions_addchdir_np", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int SpawnActionsChangeDirectory(byte* actions, string directory);

    [LibraryImport(LibC, EntryPoint = "posix_spawn_file_actions_destroy")]
    internal static partial int SpawnActionsDestroy(byte* actions);

    [LibraryImport(LibC, EntryPoint = "posix_spawnattr_init")]
    internal static partial int SpawnAttributesInit(byte* attributes);

    [LibraryImport(LibC, EntryPoint = "posix_spawnattr_setflags")]
    internal static partial int SpawnAttributesSetFlags(byte* attributes, short flags);

    [LibraryImport(LibC, EntryPoint = "posix_spawnattr_setpgroup")]
    internal static partial int SpawnAttributesSetGroup(byte* attributes, int group);

    [LibraryImport(LibC, EntryPoint = "posix_spawnattr_setsigdefault")]
    internal static partial int SpawnAttributesSetDefaults(byte* attributes, ulong* signals);

    [LibraryImport(LibC, EntryPoint = "posix_spawnattr_setsigmask")]
    internal static partial int SpawnAttributesSetMask(byte* attributes, ulong* signals);

    [LibraryImport(LibC, EntryPoint = "posix_spawnattr_destroy")]
    internal static partial int SpawnAttributesDestroy(byte* attributes);

    [LibraryImport(LibC, EntryPoint = "wait4")]
    internal static partial int Wait4(int pid, int* status, int options, long* usage);

    [LibraryImport(LibC, EntryPoint = "kill")]
    internal static partial int KillProcess(int pid, int signal);

    [LibraryImport(LibC, EntryPoint = "__errno_location")]
    internal static partial int* ErrnoLocation();

    [LibraryImport(LibC, EntryPoint = "syscall")]
    private static partial nint SystemCall(nint number, nint a, nint b, nint c, nint d, nint e, nint f);

    internal static nint SystemCall(LinuxCall call, nint a, nint b, nint c, nint d, nint e) => SystemCall((nint)call, a, b, c, d, e, 0);

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
