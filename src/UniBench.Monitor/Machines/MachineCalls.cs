using UniBench.Host;
using UniBench.Host.Filters;
using UniBench.Monitor.Files;

namespace UniBench.Monitor.Machines;

/// <summary>
/// System calls that threads of machines make: to run a guest, to serve its hypercalls, and what .NET does on any thread. Whatever a guest
/// gets past the checks of a hypercall, its thread starts no program, mounts nothing, traces nobody, opens no socket and signals no stranger.
/// </summary>
/// <remarks>
/// Another call is EPERM and no signal that kills: the hypercall fails as if Linux had refused, and families that share this process
/// go on. Threads that .NET starts from such a thread (its compiler's, its garbage collector's) are behind the filter, too.
/// </remarks>
internal static class MachineCalls
{
    private const int Ioctl = 16, Socketpair = 53, SetSocketOption = 54, GetSocketOption = 55, Clone = 56, Fcntl = 72, SetScheduler = 144, Prctl = 157, TgKill = 234, MakeNode = 259, MakeWatcher = 294,
        QueueSignal = 297, LimitResource = 302, ReadMemory = 310, SignalProcess = 424, Clone3 = 435;

    private const uint ThreadFlags = 0x3d0f00; // VM FS FILES SIGHAND THREAD SYSVSEM SETTLS PARENT_SETTID CHILD_CLEARTID
    private const uint Detached = 0x400000; // musl adds it; it means nothing

    // Whatever their arguments. By number, as the kernel's table has them.
    private static readonly int[] Free =
    [
        .. Memory(), .. Files(), .. Paths(), .. Waiting(), .. Threads(), .. Users(),
    ];

    // F_DUPFD GETFD SETFD GETFL SETFL GETLK SETLK SETLKW, OFD locks, DUPFD_CLOEXEC, SETPIPE_SZ GETPIPE_SZ, ADD_SEALS GET_SEALS, GET_ and SET_RW_HINT; not SETOWN, which sends signals.
    private static readonly uint[] FileControls = [0, 1, 2, 3, 4, 5, 6, 7, 36, 37, 38, 1030, 1031, 1032, 1033, 1034, 1035, 1036];

    // SET_NAME GET_NAME, SET_VMA: names of threads and of memory.
    private static readonly uint[] ProcessControls = [15, 16, 0x53564d41];

    /// <param name="requests">ioctl(2) requests of the platform, the most frequent first.</param>
    public static SystemCallFilter Filter(IReadOnlyList<uint> requests) => new(FilterProgram.Write(Rules(requests, (uint)Environment.ProcessId), [Clone3]));

    /// <param name="process">This process.</param>
    public static IReadOnlyList<CallRule> Rules(IReadOnlyList<uint> requests, uint process) =>
    [
        new(Ioctl, [.. OneOf(1, requests.Concat(HostRequest.Numbers))]),
        .. Free.Select(n => new CallRule(n)),
        new(Fcntl, [.. OneOf(1, FileControls)]),
        new(TgKill, [new(0, process)]),
        new(QueueSignal, [new(0, process)]),
        new(SignalProcess, [new(1, SandboxMachine.KickSignal)]), // by a descriptor of the process, of which there are only those of machines
        new(Clone, [new(0, ThreadFlags, ~Detached)]),
        new(Prctl, [.. OneOf(0, ProcessControls)]),
        new(SetScheduler, [new(1, 0)]), // SCHED_OTHER, of a thread that .NET has started
        new(LimitResource, [new(2, 0)]), // asks, changes nothing
        new(ReadMemory, [new(0, process)]),
        new(MakeNode, [.. ((uint[])[0, 0x1000, 0x8000, 0xc000]).Select(type => new ArgumentRule(2, type, 0xf000))]), // no devices
        new(MakeWatcher, [new(0, 0x80800)]), // never blocking, close-on-exec
        new(Socketpair, [new(0, 1)]), // of the Unix family
        new(SetSocketOption, [new(1, 1)]), // of the socket itself
        new(GetSocketOption, [new(1, 1)]),
    ];

    private static IEnumerable<ArgumentRule> OneOf(int argument, IEnumerable<uint> values) => values.Distinct().Select(v => new ArgumentRule(argument, v));

    // mmap mprotect munmap brk mremap msync mincore madvise mlock munlock, membarrier, memfd_create, NUMA placement
    private static int[] Memory() => [9, 10, 11, 12, 25, 26, 27, 28, 149, 150, 324, 319, 237, 239];

    // read write close fstat lseek, p- and -v, access dup sendto recvfrom sendmsg recvmsg shutdown flock fsync fdatasync ftruncate fchmod fchown fstatfs
    // getdents64 fadvise64 sync_file_range fallocate copy_file_range close_range
    private static int[] Files() => [0, 1, 3, 5, 8, 17, 18, 19, 20, 295, 296, 327, 328, 32, 44, 45, 46, 47, 48, 73, 74, 75, 77, 91, 93, 138, 217, 221, 277, 285, 326, 436];

    // stat lstat access getcwd truncate mkdir readlink chmod statfs openat mkdirat fchownat newfstatat unlinkat renameat linkat symlinkat readlinkat fchmodat
    // faccessat utimensat renameat2 statx openat2 faccessat2, open; inotify_add_watch inotify_rm_watch, setxattr getxattr listxattr removexattr
    private static int[] Paths() => [2, 4, 6, 21, 79, 76, 83, 89, 90, 137, 257, 258, 260, 262, 263, 264, 265, 266, 267, 268, 269, 280, 316, 332, 437, 439, 254, 255, 188, 191, 194, 197];

    // poll ppoll futex nanosleep clock_nanosleep clock_gettime clock_getres epoll, eventfd2 timerfd pidfd_open pipe2
    private static int[] Waiting() => [7, 271, 202, 35, 230, 228, 229, 213, 291, 232, 281, 233, 290, 283, 286, 287, 434, 293];

    // To make calls on files as another user of the guest's, where this one could be others at all. Real and effective ids stay.
    private static IReadOnlyList<int> Users() => HostUser.Own.CanBeOthers ? HostIdentity.Calls : [];

    // signals' actions, masks and stacks, sched_yield, affinity and priorities, exit exit_group, ids, getrusage sysinfo uname, set_robust_list rseq restart_syscall getcpu getrandom gettimeofday
    private static int[] Threads() => [13, 14, 15, 131, 24, 203, 204, 143, 145, 146, 147, 60, 231, 39, 186, 102, 104, 107, 108, 110, 98, 99, 63, 273, 334, 219, 309, 318, 96, 97];
}
