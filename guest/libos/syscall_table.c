/* Linux's numbers, our functions. What has no entry is answered with ENOSYS and remembered. */
#include "libos.h"

typedef long call(u64, u64, u64, u64, u64, u64);

static long sys_unsupported(u64 a, u64 b, u64 c, u64 d, u64 e, u64 f)
{
    ub_control.unsupported[current_syscall / 64] |= 1UL << (current_syscall % 64);
    return -ENOSYS;
}

/* clang-format off */
#define CALLS(X)                                                                                                                                          \
    X(0, read) X(1, write) X(2, open) X(3, close) X(4, stat) X(5, fstat) X(6, lstat) X(7, poll) X(8, lseek) X(9, mmap) X(10, mprotect) X(11, munmap) X(12, brk) X(13, rt_sigaction)          \
    X(14, rt_sigprocmask) X(15, rt_sigreturn) X(16, ioctl) X(17, pread64) X(18, pwrite64) X(19, readv) X(20, writev) X(21, access) X(22, pipe) X(23, select) X(24, sched_yield)          \
    X(25, mremap) X(27, mincore) X(28, madvise) X(32, dup) X(33, dup2) X(34, pause) X(35, nanosleep) X(36, getitimer) X(37, alarm) X(38, setitimer)        \
    X(39, getpid) X(56, clone) X(57, fork) X(58, vfork) X(59, execve) X(60, exit) X(61, wait4) X(62, kill) X(63, uname) X(72, fcntl) X(74, fsync) X(79, getcwd) X(85, creat) X(89, readlink)         \
    X(95, umask) X(96, gettimeofday) X(97, getrlimit) X(98, getrusage) X(99, sysinfo) X(100, times) X(102, getuid) X(104, getgid) X(109, setpgid)         \
    X(110, getppid) X(111, getpgrp) X(112, setsid) X(115, getgroups) X(118, getresuid) X(120, getresgid) X(121, getpgid) X(124, getsid)                   \
    X(127, rt_sigpending) X(128, rt_sigtimedwait) X(129, rt_sigqueueinfo) X(130, rt_sigsuspend) X(131, sigaltstack) X(157, prctl) X(158, arch_prctl)      \
    X(160, setrlimit) X(200, tkill) X(201, time) X(204, sched_getaffinity) X(217, getdents64) X(218, set_tid_address) X(228, clock_gettime) X(229, clock_getres)             \
    X(230, clock_nanosleep) X(234, tgkill) X(247, waitid) X(257, openat) X(262, newfstatat) X(267, readlinkat) X(269, faccessat) X(270, pselect6) X(271, ppoll) X(292, dup3) X(293, pipe2)                    \
    X(302, prlimit64) X(309, getcpu) X(318, getrandom) X(334, rseq) X(436, close_range)

/* Several numbers, one function. */
#define ALIASES(X)                                                                                                                                        \
    X(26, mapped_range) X(75, fsync) X(107, getuid) X(108, getgid) X(149, mapped_range) X(150, mapped_range) X(186, getpid)                 \
    X(231, exit) X(273, zero) X(439, faccessat)

/* clang-format on */

#define DECLARE(number, name) extern call sys_##name;
CALLS(DECLARE)
extern call sys_mapped_range, sys_zero;

#define ENTRY(number, name) [number] = sys_##name,
#pragma GCC diagnostic ignored "-Woverride-init"
call *const syscall_table[UB_SYSCALL_LIMIT] = {[0 ... UB_SYSCALL_LIMIT - 1] = sys_unsupported,
                                               CALLS(ENTRY) ALIASES(ENTRY)};

call *const *active_table = syscall_table;

/* Tracing goes through a table of its own, so that it costs nothing when it is off. */
static long traced(u64 a, u64 b, u64 c, u64 d, u64 e, u64 f)
{
    u64 number = current_syscall;
    u64 arguments[6] = {a, b, c, d, e, f};
    memcpy(ub_control.trace_args, arguments, sizeof arguments);
    HC2(UB_HC_TRACE, number, 0);
    long result = syscall_table[number](a, b, c, d, e, f);
    memcpy(ub_control.trace_args, arguments, sizeof arguments);
    HC3(UB_HC_TRACE, number, 1, result);
    return result;
}
static call *const traced_table[UB_SYSCALL_LIMIT] = {[0 ... UB_SYSCALL_LIMIT - 1] = traced};

void trace_start(void)
{
    active_table = traced_table;
}
