/* Linux x86-64 numbers and structures that programs see. From the man pages and POSIX; no kernel header is needed. */
#ifndef UNIBENCH_LINUX_ABI_H
#define UNIBENCH_LINUX_ABI_H

#include <stdint.h>

#include "linux_calls.h"

enum { EPERM = 1, ENOENT = 2, ESRCH = 3, EINTR = 4, EIO = 5, E2BIG = 7, ENOEXEC = 8, EBADF = 9, ECHILD = 10, EAGAIN = 11, ENOMEM = 12, EXDEV = 18,
       EACCES = 13, EFAULT = 14, EBUSY = 16, EEXIST = 17, ENODEV = 19, ENOTDIR = 20, EINVAL = 22, ENFILE = 23, EMFILE = 24, ENOTTY = 25, ESPIPE = 29,
       EPIPE = 32, ERANGE = 34, ENAMETOOLONG = 36, ENOSYS = 38, ELOOP = 40, EOVERFLOW = 75, EAFNOSUPPORT = 97, EOPNOTSUPP = 95, EPROTONOSUPPORT = 93, ESOCKTNOSUPPORT = 94, EISCONN = 106, ENOTSOCK = 88, ENOPROTOOPT = 92, ETIMEDOUT = 110, EISDIR = 21, ENODATA = 61, EFBIG = 27, ENOSPC = 28, ENXIO = 6, EROFS = 30, EDEADLK = 35, EMSGSIZE = 90,
       ENOBUFS = 105, EDESTADDRREQ = 89, EADDRINUSE = 98, ECONNRESET = 104, ENOTCONN = 107, ECONNREFUSED = 111, EINPROGRESS = 115 };

enum { SIGHUP = 1, SIGINT, SIGQUIT, SIGILL, SIGTRAP, SIGABRT, SIGBUS, SIGFPE, SIGKILL, SIGUSR1, SIGSEGV, SIGUSR2, SIGPIPE, SIGALRM,
       SIGTERM, SIGSTKFLT, SIGCHLD, SIGCONT, SIGSTOP, SIGTSTP, SIGTTIN, SIGTTOU, SIGURG, SIGXCPU, SIGXFSZ, SIGVTALRM, SIGPROF, SIGWINCH,
       SIGIO, SIGPWR, SIGSYS, SIGRTMIN };

#define O_ACCMODE 3
#define O_WRONLY 1
#define O_RDWR 2
#define O_CREAT 0100
#define O_TRUNC 01000
#define O_APPEND 02000
#define O_NOFOLLOW 0400000
#define O_PATH 010000000
#define AT_FDCWD (-100)
#define AT_SYMLINK_NOFOLLOW 0x100
#define AT_REMOVEDIR 0x200
#define AT_EACCESS 0x200
#define AT_SYMLINK_FOLLOW 0x400
#define AT_NO_AUTOMOUNT 0x800
#define AT_EMPTY_PATH 0x1000
#define AT_STATX_SYNC 0x6000
#define STATFS_SIZE 120
#define O_NONBLOCK 04000
#define O_CLOEXEC 02000000
#define O_ASYNC 020000
#define O_DIRECT 040000
#define O_NOATIME 01000000
#define FD_CLOEXEC 1
enum { F_DUPFD = 0, F_GETFD, F_SETFD, F_GETFL, F_SETFL, F_GETLK, F_SETLK, F_SETLKW, F_SETOWN, F_GETOWN, F_SETSIG, F_GETSIG, F_SETOWN_EX = 15, F_GETOWN_EX,
       F_SETLEASE = 1024, F_GETLEASE, F_NOTIFY, F_OFD_GETLK = 36, F_OFD_SETLK, F_OFD_SETLKW,
       F_DUPFD_CLOEXEC = 1030, F_SETPIPE_SZ = 1031, F_GETPIPE_SZ = 1032, F_ADD_SEALS = 1033, F_GET_SEALS = 1034, F_GET_RW_HINT = 1035, F_SET_RW_HINT = 1036 };
struct flock { int16_t type, whence; int32_t pad; int64_t start, length; int32_t pid, pad2; };
enum { F_RDLCK, F_WRLCK, F_UNLCK };
#define FIONREAD 0x541b
#define FIONBIO 0x5421
#define FIOASYNC 0x5452
#define SIOCOUTQ 0x5411
#define FIGETBSZ 2
#define FIOCLEX 0x5451
#define FIONCLEX 0x5450
#define IOV_MAX 1024
#define RW_MAX 0x7ffff000UL /* the most that one read or write moves */

enum { PROT_READ = 1, PROT_WRITE = 2, PROT_EXEC = 4, PROT_GROWSDOWN = 0x01000000, PROT_GROWSUP = 0x02000000 };
enum { MAP_SHARED = 1, MAP_PRIVATE = 2, MAP_SHARED_VALIDATE = 3, MAP_TYPE = 15, MAP_FIXED = 0x10, MAP_ANONYMOUS = 0x20, MAP_32BIT = 0x40, MAP_GROWSDOWN = 0x100, MAP_LOCKED = 0x2000, MAP_NORESERVE = 0x4000, MAP_POPULATE = 0x8000, MAP_NONBLOCK = 0x10000, MAP_HUGETLB = 0x40000,
       MAP_KNOWN = 0x7c17f973, /* by a kernel that knew no MAP_SHARED_VALIDATE */
       MAP_FIXED_NOREPLACE = 0x100000 };
enum { MREMAP_MAYMOVE = 1, MREMAP_FIXED = 2, MREMAP_DONTUNMAP = 4 };
enum { MADV_DONTNEED = 4, MADV_FREE = 8, MADV_REMOVE, MADV_DONTFORK, MADV_DOFORK, MADV_WIPEONFORK = 18, MADV_KEEPONFORK, MADV_COLD = 20, MADV_PAGEOUT, MADV_POPULATE_READ, MADV_POPULATE_WRITE, MADV_DONTNEED_LOCKED };

enum { CLOCK_REALTIME, CLOCK_MONOTONIC, CLOCK_PROCESS_CPUTIME_ID, CLOCK_THREAD_CPUTIME_ID, CLOCK_MONOTONIC_RAW, CLOCK_REALTIME_COARSE, CLOCK_MONOTONIC_COARSE,
       CLOCK_BOOTTIME, CLOCK_TAI = 11 };
enum { FUTEX_WAIT = 0, FUTEX_WAKE = 1, FUTEX_REQUEUE = 3, FUTEX_CMP_REQUEUE, FUTEX_WAKE_OP, FUTEX_WAIT_BITSET = 9, FUTEX_WAKE_BITSET, FUTEX_PRIVATE = 128,
       FUTEX_CLOCK_REALTIME = 256 };
enum { FUTEX_OP_SET, FUTEX_OP_ADD, FUTEX_OP_OR, FUTEX_OP_ANDN, FUTEX_OP_XOR };
enum { FUTEX_OP_CMP_EQ, FUTEX_OP_CMP_NE, FUTEX_OP_CMP_LT, FUTEX_OP_CMP_LE, FUTEX_OP_CMP_GT, FUTEX_OP_CMP_GE };
enum { PR_SET_PDEATHSIG = 1, PR_GET_PDEATHSIG, PR_SET_NAME = 15, PR_GET_NAME, PR_SET_TIMERSLACK = 29, PR_GET_TIMERSLACK, PR_SET_CHILD_SUBREAPER = 36,
       PR_GET_CHILD_SUBREAPER };
enum { SEEK_SET, SEEK_CUR, SEEK_END };

struct timespec { int64_t tv_sec, tv_nsec; };
struct timeval { int64_t tv_sec, tv_usec; };
struct itimerval { struct timeval interval, value; };
struct timex { uint32_t modes, pad0; int64_t offset, freq, maxerror, esterror; int32_t status, pad1; int64_t constant, precision, tolerance; struct timeval time;
               int64_t tick, ppsfreq, jitter; int32_t shift, pad2; int64_t stabil, jitcnt, calcnt, errcnt, stbcnt; int32_t tai, pad3[11]; };
_Static_assert(sizeof(struct timex) == 208, "struct timex");
enum { ADJ_OFFSET_SINGLESHOT = 0x8001, ADJ_OFFSET_READONLY = 0x2000, ADJ_ADJTIME = 0x8000, STA_UNSYNC = 0x40, TIME_ERROR = 5, NTP_PHASE_LIMIT = 16000000 };
struct itimerspec { struct timespec interval, value; };
struct sigevent { uint64_t value; int32_t signo, notify, thread, pad[11]; };
enum { SIGEV_SIGNAL, SIGEV_NONE, SIGEV_THREAD, SIGEV_THREAD_ID = 4 };
struct iovec { uint64_t base, length; };
struct pollfd { int32_t fd; int16_t events, revents; };
enum { POLLIN = 1, POLLPRI = 2, POLLOUT = 4, POLLERR = 8, POLLHUP = 16, POLLNVAL = 32, POLLRDNORM = 64, POLLWRNORM = 256, POLLWRBAND = 512, POLLRDHUP = 0x2000 };

#define RLIM_INFINITY (~0UL)
enum { RLIMIT_CPU, RLIMIT_FSIZE, RLIMIT_DATA, RLIMIT_STACK, RLIMIT_CORE, RLIMIT_RSS, RLIMIT_NPROC, RLIMIT_NOFILE, RLIMIT_MEMLOCK, RLIMIT_AS,
       RLIMIT_NICE = 13, RLIMIT_RTPRIO };

enum { CAP_SETGID = 6, CAP_IPC_LOCK = 14, CAP_SYS_ADMIN = 21, CAP_SYS_RESOURCE = 24, CAP_CHECKPOINT_RESTORE = 40 };

struct rusage { struct timeval utime, stime; int64_t maxrss, ixrss, idrss, isrss, minflt, majflt, nswap, inblock, oublock, msgsnd, msgrcv, nsignals, nvcsw, nivcsw; };
struct tms { int64_t utime, stime, cutime, cstime; };

struct sysinfo { int64_t uptime; uint64_t loads[3], totalram, freeram, sharedram, bufferram, totalswap, freeswap; uint16_t procs, pad; uint64_t totalhigh, freehigh;
                 uint32_t mem_unit; char pad2[4]; };

struct stat { uint64_t dev, ino, nlink; uint32_t mode, uid, gid, pad; uint64_t rdev; int64_t size, blksize, blocks; struct timespec atim, mtim, ctim; int64_t unused[3]; };
#define S_IFMT 0170000
#define S_IFDIR 0040000
#define S_IFREG 0100000
#define S_IFIFO 0010000
#define S_IFSOCK 0140000
enum { AF_UNIX = 1, AF_INET = 2, AF_INET6 = 10, SOCK_STREAM = 1, SOCK_DGRAM, SOCK_RAW, SOCK_SEQPACKET = 5, SOCK_TYPES = 15 };
enum { SOL_SOCKET = 1, SO_TYPE = 3, SO_ERROR, SO_PASSCRED = 16, SO_DOMAIN = 39, SCM_RIGHTS = 1, SCM_CREDENTIALS };
enum { MSG_OOB = 1, MSG_PEEK = 2, MSG_CTRUNC = 8, MSG_TRUNC = 0x20, MSG_DONTWAIT = 0x40, MSG_WAITALL = 0x100, MSG_NOSIGNAL = 0x4000, MSG_WAITFORONE = 0x10000, MSG_CMSG_CLOEXEC = 0x40000000 };
#define S_IFLNK 0120000
struct statx_timestamp { int64_t sec; uint32_t nsec; int32_t pad; };
struct statx { uint32_t mask, blksize; uint64_t attributes; uint32_t nlink, uid, gid; uint16_t mode, pad; uint64_t ino, size, blocks, attributes_mask;
               struct statx_timestamp atime, btime, ctime, mtime; uint32_t rdev_major, rdev_minor, dev_major, dev_minor; uint64_t mnt_id, spare[13]; };
_Static_assert(sizeof(struct statx) == 256, "struct statx");

struct kernel_sigaction { uint64_t handler, flags, restorer, mask; };
#define SIG_DFL 0
#define SIG_IGN 1
#define SA_NOCLDSTOP 1UL
#define SA_NOCLDWAIT 2UL
#define SA_SIGINFO 4UL
#define SA_RESTORER 0x04000000UL
#define SA_ONSTACK 0x08000000UL
#define SA_RESTART 0x10000000UL
#define SA_NODEFER 0x40000000UL
#define SA_RESETHAND 0x80000000UL
#define SA_EXPOSE_TAGBITS 0x800UL
#define SA_KNOWN (SA_NOCLDSTOP | SA_NOCLDWAIT | SA_SIGINFO | SA_EXPOSE_TAGBITS | SA_RESTORER | SA_ONSTACK | SA_RESTART | SA_NODEFER | SA_RESETHAND)
enum { SIG_BLOCK, SIG_UNBLOCK, SIG_SETMASK };
enum { SI_USER = 0, SI_KERNEL = 0x80, SI_QUEUE = -1, SI_TIMER = -2, SI_TKILL = -6, SEGV_MAPERR = 1, SEGV_ACCERR = 2, FPE_INTDIV = 1, FPE_FLTINV = 7, ILL_ILLOPN = 2, TRAP_BRKPT = 1,
       TRAP_TRACE = 2, BUS_ADRALN = 1, BUS_ADRERR = 2 };

struct siginfo {
    int32_t signo, error, code, pad;
    union {
        struct { int32_t pid, uid, status, pad; int64_t utime, stime; } child;
        struct { int32_t pid, uid; uint64_t value; } sender;
        struct { int32_t id, overrun; uint64_t value; } timer;
        struct { uint64_t address; } fault;
        uint8_t bytes[112];
    };
};
_Static_assert(sizeof(struct siginfo) == 128, "siginfo_t");

struct sigaltstack { uint64_t sp; int32_t flags, pad; uint64_t size; };
enum { SS_ONSTACK = 1, SS_DISABLE = 2, SS_AUTODISARM = (int)0x80000000 };
#define MINSIGSTKSZ 2048

struct sigcontext {
    uint64_t r8, r9, r10, r11, r12, r13, r14, r15, rdi, rsi, rbp, rbx, rdx, rax, rcx, rsp, rip, rflags;
    uint16_t cs, gs, fs, ss;
    uint64_t error, vector, old_mask, cr2, fpstate, reserved[8];
};
struct ucontext { uint64_t flags, link; struct sigaltstack stack; struct sigcontext context; uint64_t mask; };
enum { UC_FP_XSTATE = 1, UC_SIGCONTEXT_SS = 2, UC_STRICT_RESTORE_SS = 4 };
struct signal_frame { uint64_t restorer; struct ucontext uc; struct siginfo info; };
#define FP_XSTATE_MAGIC1 0x46505853U
#define FP_XSTATE_MAGIC2 0x46505845U
struct xstate_software { uint32_t magic1, extended_size; uint64_t features; uint32_t state_size, pad[7]; }; /* at 464 of the legacy area */

#define CLONE_SIGNALS 0xffUL
#define CLONE_NEWTIME 0x80UL
#define CLONE_VM 0x100UL
#define CLONE_FS 0x200UL
#define CLONE_FILES 0x400UL
#define CLONE_SIGHAND 0x800UL
#define CLONE_PIDFD 0x1000UL
#define CLONE_VFORK 0x4000UL
#define CLONE_PARENT 0x8000UL
#define CLONE_THREAD 0x10000UL
#define CLONE_NEWNS 0x20000UL
#define CLONE_SYSVSEM 0x40000UL
#define CLONE_SETTLS 0x80000UL
#define CLONE_PARENT_SETTID 0x100000UL
#define CLONE_DETACHED 0x400000UL
#define CLONE_CHILD_SETTID 0x1000000UL
#define CLONE_NEWCGROUP 0x2000000UL
#define CLONE_NEWUTS 0x4000000UL
#define CLONE_NEWIPC 0x8000000UL
#define CLONE_NEWUSER 0x10000000UL
#define CLONE_NEWPID 0x20000000UL
#define CLONE_NEWNET 0x40000000UL
#define CLONE_CLEAR_SIGHAND 0x100000000UL
#define CLONE_INTO_CGROUP 0x200000000UL

enum { WNOHANG = 1, WUNTRACED = 2, WEXITED = 4, WCONTINUED = 8, WNOWAIT = 0x01000000, P_ALL = 0, P_PID = 1, P_PGID = 2, P_PIDFD = 3 };
enum { ARCH_SET_GS = 0x1001, ARCH_SET_FS, ARCH_GET_FS, ARCH_GET_GS };


enum {
    EPOLLIN = 1,
    EPOLLERR = 8,
    EPOLLHUP = 16,
    EPOLLEXCLUSIVE = 1 << 28,
    EPOLLWAKEUP = 1 << 29,
    EPOLLONESHOT = 1 << 30,
    EPOLLET = (int)(1U << 31)
};

/* Of calls that only some programs make. */
enum { CLOSE_RANGE_UNSHARE = 2, CLOSE_RANGE_CLOEXEC = 4 };
enum { F_OWNER_TID, F_OWNER_PID, F_OWNER_PGRP };
enum { FALLOC_FL_KEEP_SIZE = 1 };
enum { RWF_HIPRI = 1, RWF_DSYNC = 2, RWF_SYNC = 4, RWF_NOWAIT = 8, RWF_APPEND = 16 };
enum { SPLICE_F_MOVE = 1, SPLICE_F_NONBLOCK, SPLICE_F_MORE = 4, SPLICE_F_GIFT = 8 };
enum { XATTR_NAME_MAX = 255, XATTR_SIZE_MAX = 65536 };
enum { RESOLVE_NO_XDEV = 1, RESOLVE_NO_MAGICLINKS, RESOLVE_NO_SYMLINKS = 4, RESOLVE_BENEATH = 8, RESOLVE_IN_ROOT = 16, RESOLVE_CACHED = 32 };
#define PATH_MAX 4096
#define UTIME_NOW 0x3fffffff
#define UTIME_OMIT 0x3ffffffe
enum { EPOLL_CTL_ADD = 1, EPOLL_CTL_DEL, EPOLL_CTL_MOD };
enum { IN_ALL_EVENTS = 0xfff, IN_MASK_CREATE = 1 << 28, IN_MASK_ADD = 1 << 29 };
enum { MS_ASYNC = 1, MS_INVALIDATE = 2, MS_SYNC = 4 };
enum { MLOCK_ONFAULT = 1, MCL_CURRENT = 1, MCL_FUTURE = 2, MCL_ONFAULT = 4 };
enum { IPC_RMID, IPC_SET, IPC_STAT, IPC_INFO };
enum { SHM_STAT = 13, SHM_INFO, SHM_STAT_ANY, SHM_RDONLY = 010000, SHM_RND = 020000, SHM_REMAP = 040000, SHM_EXEC = 0100000 };
enum { GETALL = 13, SETALL = 17, SEM_STAT = 18, SEM_INFO, SEM_STAT_ANY };
enum { MSG_STAT = 11, MSG_INFO, MSG_STAT_ANY };
#define FUTEX_WAITERS 0x80000000
#define FUTEX_OWNER_DIED 0x40000000
#define FUTEX_TID_MASK 0x3fffffff
enum { GRND_NONBLOCK = 1, GRND_RANDOM, GRND_INSECURE = 4 };
enum { SCHED_FIFO = 1, SCHED_RR };
enum { PR_GET_TIMING = 13, PR_SET_TIMING, PR_TIMING_STATISTICAL = 0, PR_GET_SECCOMP = 21, PR_GET_TSC = 25, PR_SET_TSC, PR_TSC_ENABLE = 1, PR_TASK_PERF_EVENTS_DISABLE = 31,
       PR_TASK_PERF_EVENTS_ENABLE, PR_MCE_KILL, PR_MCE_KILL_GET, PR_SET_MM, PR_MCE_KILL_CLEAR = 0, PR_MCE_KILL_SET, PR_MCE_KILL_DEFAULT, PR_SET_THP_DISABLE = 41,
       PR_GET_THP_DISABLE };
enum { PER_LINUX32 = 8, PER_MASK = 0xff };

#endif
