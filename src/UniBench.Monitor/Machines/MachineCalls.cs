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
    private const uint ThreadFlags = 0x3d0f00; // VM FS FILES SIGHAND THREAD SYSVSEM SETTLS PARENT_SETTID CHILD_CLEARTID
    private const uint Detached = 0x400000; // musl adds it; it means nothing

    // Whatever their arguments.
    private static readonly LinuxCall[] Free =
    [
        .. Memory(), .. Files(), .. Paths(), .. Waiting(), .. Threads(), .. Users(),
    ];

    // F_DUPFD GETFD SETFD GETFL SETFL GETLK SETLK SETLKW, OFD locks, DUPFD_CLOEXEC, SETPIPE_SZ GETPIPE_SZ, ADD_SEALS GET_SEALS, GET_ and SET_RW_HINT; not SETOWN, which sends signals.
    private static readonly uint[] FileControls = [0, 1, 2, 3, 4, 5, 6, 7, 36, 37, 38, 1030, 1031, 1032, 1033, 1034, 1035, 1036];

    // SET_NAME GET_NAME, SET_VMA: names of threads and of memory.
    private static readonly uint[] ProcessControls = [15, 16, 0x53564d41];

    /// <param name="requests">ioctl(2) requests of the platform, the most frequent first.</param>
    public static SystemCallFilter Filter(IReadOnlyList<uint> requests) => new(FilterProgram.Write(Rules(requests, (uint)Environment.ProcessId), [LinuxCall.Clone3]));

    /// <param name="process">This process.</param>
    public static IReadOnlyList<CallRule> Rules(IReadOnlyList<uint> requests, uint process) =>
    [
        new(LinuxCall.Ioctl, [.. OneOf(1, requests.Concat(HostRequest.Numbers).Concat(PseudoTerminal.HostRequests))]),
        .. Free.Select(c => new CallRule(c)),
        new(LinuxCall.Fcntl, [.. OneOf(1, FileControls)]),
        new(LinuxCall.Tgkill, [new(0, process)]),
        new(LinuxCall.RtTgsigqueueinfo, [new(0, process)]),
        new(LinuxCall.PidfdSendSignal, [new(1, SandboxMachine.KickSignal)]), // by a descriptor of the process, of which there are only those of machines
        new(LinuxCall.Clone, [new(0, ThreadFlags, ~Detached)]),
        new(LinuxCall.Prctl, [.. OneOf(0, ProcessControls)]),
        new(LinuxCall.SchedSetscheduler, [new(1, 0)]), // SCHED_OTHER, of a thread that .NET has started
        new(LinuxCall.Prlimit64, [new(2, 0)]), // asks, changes nothing
        new(LinuxCall.ProcessVmReadv, [new(0, process)]),
        new(LinuxCall.Mknodat, [.. ((uint[])[0, 0x1000, 0x8000, 0xc000]).Select(type => new ArgumentRule(2, type, 0xf000))]), // no devices
        new(LinuxCall.InotifyInit1, [new(0, 0x80800)]), // never blocking, close-on-exec
        new(LinuxCall.Socketpair, [new(0, 1)]), // of the Unix family
        new(LinuxCall.Setsockopt, [new(1, 1)]), // of the socket itself
        new(LinuxCall.Getsockopt, [new(1, 1)]),
    ];

    private static IEnumerable<ArgumentRule> OneOf(int argument, IEnumerable<uint> values) => values.Distinct().Select(v => new ArgumentRule(argument, v));

    private static LinuxCall[] Memory() =>
    [
        LinuxCall.Mmap, LinuxCall.Mprotect, LinuxCall.Munmap, LinuxCall.Brk, LinuxCall.Mremap, LinuxCall.Msync, LinuxCall.Mincore, LinuxCall.Madvise,
        LinuxCall.Mlock, LinuxCall.Munlock, LinuxCall.Membarrier, LinuxCall.MemfdCreate, LinuxCall.Mbind, LinuxCall.GetMempolicy,
    ];

    private static LinuxCall[] Files() =>
    [
        LinuxCall.Read, LinuxCall.Write, LinuxCall.Close, LinuxCall.Fstat, LinuxCall.Lseek, LinuxCall.Pread64, LinuxCall.Pwrite64, LinuxCall.Readv,
        LinuxCall.Writev, LinuxCall.Preadv, LinuxCall.Pwritev, LinuxCall.Preadv2, LinuxCall.Pwritev2, LinuxCall.Dup, LinuxCall.Sendto, LinuxCall.Recvfrom,
        LinuxCall.Sendmsg, LinuxCall.Recvmsg, LinuxCall.Shutdown, LinuxCall.Flock, LinuxCall.Fsync, LinuxCall.Fdatasync, LinuxCall.Ftruncate,
        LinuxCall.Fchmod, LinuxCall.Fchown, LinuxCall.Fstatfs, LinuxCall.Getdents64, LinuxCall.Fadvise64, LinuxCall.SyncFileRange, LinuxCall.Fallocate,
        LinuxCall.CopyFileRange, LinuxCall.CloseRange,
    ];

    private static LinuxCall[] Paths() =>
    [
        LinuxCall.Open, LinuxCall.Stat, LinuxCall.Lstat, LinuxCall.Access, LinuxCall.Getcwd, LinuxCall.Truncate, LinuxCall.Mkdir, LinuxCall.Readlink,
        LinuxCall.Chmod, LinuxCall.Statfs, LinuxCall.Openat, LinuxCall.Mkdirat, LinuxCall.Fchownat, LinuxCall.Newfstatat, LinuxCall.Unlinkat,
        LinuxCall.Renameat, LinuxCall.Linkat, LinuxCall.Symlinkat, LinuxCall.Readlinkat, LinuxCall.Fchmodat, LinuxCall.Faccessat, LinuxCall.Utimensat,
        LinuxCall.Renameat2, LinuxCall.Statx, LinuxCall.Openat2, LinuxCall.Faccessat2, LinuxCall.InotifyAddWatch, LinuxCall.InotifyRmWatch,
        LinuxCall.Setxattr, LinuxCall.Getxattr, LinuxCall.Listxattr, LinuxCall.Removexattr,
    ];

    private static LinuxCall[] Waiting() =>
    [
        LinuxCall.Poll, LinuxCall.Ppoll, LinuxCall.Futex, LinuxCall.Nanosleep, LinuxCall.ClockNanosleep, LinuxCall.ClockGettime, LinuxCall.ClockGetres,
        LinuxCall.EpollCreate, LinuxCall.EpollCreate1, LinuxCall.EpollWait, LinuxCall.EpollPwait, LinuxCall.EpollCtl, LinuxCall.Eventfd2,
        LinuxCall.TimerfdCreate, LinuxCall.TimerfdSettime, LinuxCall.TimerfdGettime, LinuxCall.PidfdOpen, LinuxCall.Pipe2,
    ];

    // To make calls on files as another user of the guest's, where this one could be others at all. Real and effective ids stay.
    private static IReadOnlyList<LinuxCall> Users() => HostUser.Own.CanBeOthers ? HostIdentity.Calls : [];

    private static LinuxCall[] Threads() =>
    [
        LinuxCall.RtSigaction, LinuxCall.RtSigprocmask, LinuxCall.RtSigreturn, LinuxCall.Sigaltstack, LinuxCall.SchedYield, LinuxCall.SchedSetaffinity,
        LinuxCall.SchedGetaffinity, LinuxCall.SchedGetparam, LinuxCall.SchedGetscheduler, LinuxCall.SchedGetPriorityMax, LinuxCall.SchedGetPriorityMin,
        LinuxCall.Exit, LinuxCall.ExitGroup, LinuxCall.Getpid, LinuxCall.Gettid, LinuxCall.Getuid, LinuxCall.Getgid, LinuxCall.Geteuid, LinuxCall.Getegid,
        LinuxCall.Getppid, LinuxCall.Getrusage, LinuxCall.Sysinfo, LinuxCall.Uname, LinuxCall.SetRobustList, LinuxCall.Rseq, LinuxCall.RestartSyscall,
        LinuxCall.Getcpu, LinuxCall.Getrandom, LinuxCall.Gettimeofday, LinuxCall.Getrlimit,
    ];
}
