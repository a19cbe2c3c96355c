/* Linux's numbers, our functions. What has no entry is answered with ENOSYS and remembered. */
#include "libos.h"

static long sys_unsupported(u64 a, u64 b, u64 c, u64 d, u64 e, u64 f)
{
    ub_control.unsupported[current_syscall / 64] |= 1UL << (current_syscall % 64);
    return -ENOSYS;
}

/* clang-format off */
#define CALLS(X) \
    X(read) X(write) X(open) X(close) X(stat) X(fstat) X(lstat) X(poll) X(lseek) X(mmap) X(mprotect) X(munmap) X(brk) X(rt_sigaction) \
    X(rt_sigprocmask) X(rt_sigreturn) X(ioctl) X(pread64) X(pwrite64) X(readv) X(writev) X(access) X(pipe) X(select) X(sched_yield) \
    X(mremap) X(msync) X(mincore) X(madvise) X(shmget) X(shmat) X(shmctl) X(dup) X(dup2) X(pause) X(nanosleep) X(getitimer) X(alarm) \
    X(setitimer) X(getpid) X(sendfile) X(socket) X(connect) X(accept) X(sendto) X(recvfrom) X(sendmsg) X(recvmsg) X(shutdown) X(bind) \
    X(listen) X(getsockname) X(getpeername) X(socketpair) X(setsockopt) X(getsockopt) X(clone) X(fork) X(vfork) X(execve) X(exit) X(wait4) \
    X(kill) X(uname) X(semget) X(semop) X(semctl) X(shmdt) X(msgget) X(msgsnd) X(msgrcv) X(msgctl) X(fcntl) X(flock) X(fsync) X(truncate) \
    X(ftruncate) X(getcwd) X(chdir) X(fchdir) X(rename) X(mkdir) X(rmdir) X(creat) X(link) X(unlink) X(symlink) X(readlink) X(chmod) \
    X(fchmod) X(chown) X(fchown) X(lchown) X(umask) X(gettimeofday) X(getrlimit) X(getrusage) X(sysinfo) X(times) X(getuid) X(geteuid) X(getgid) X(getegid) \
    X(setuid) X(setgid) X(setpgid) X(getppid) X(getpgrp) X(setsid) X(setreuid) X(setregid) X(getgroups) X(setgroups) X(setresuid) \
    X(getresuid) X(setresgid) X(getresgid) X(getpgid) X(setfsuid) X(setfsgid) X(getsid) X(capget) X(capset) X(rt_sigpending) \
    X(rt_sigtimedwait) X(rt_sigqueueinfo) X(rt_sigsuspend) X(sigaltstack) X(utime) X(mknod) X(personality) X(statfs) X(fstatfs) \
    X(getpriority) X(setpriority) X(sched_setparam) X(sched_getparam) X(sched_setscheduler) X(sched_getscheduler) \
    X(sched_get_priority_max) X(sched_get_priority_min) X(sched_rr_get_interval) X(mlock) X(munlock) X(mlockall) X(munlockall) X(prctl) \
    X(arch_prctl) X(setrlimit) X(settimeofday) X(readahead) X(setxattr) X(lsetxattr) X(fsetxattr) X(getxattr) X(lgetxattr) X(fgetxattr) \
    X(listxattr) X(llistxattr) X(flistxattr) X(removexattr) X(lremovexattr) X(fremovexattr) X(tkill) X(time) X(futex) X(sched_setaffinity) \
    X(sched_getaffinity) X(epoll_create) X(getdents64) X(set_tid_address) X(semtimedop) X(fadvise64) X(timer_create) X(timer_settime) \
    X(timer_gettime) X(timer_getoverrun) X(timer_delete) X(clock_settime) X(adjtimex) X(clock_adjtime) X(clock_gettime) X(clock_getres) X(clock_nanosleep) \
    X(epoll_wait) X(epoll_ctl) X(tgkill) X(utimes) X(mq_open) X(mq_unlink) X(mq_timedsend) X(mq_timedreceive) X(mq_notify) \
    X(mq_getsetattr) X(waitid) X(ioprio_set) X(ioprio_get) X(inotify_init) X(inotify_add_watch) X(inotify_rm_watch) X(openat) X(mkdirat) \
    X(mknodat) X(fchownat) X(futimesat) X(newfstatat) X(unlinkat) X(renameat) X(linkat) X(symlinkat) X(readlinkat) X(fchmodat) \
    X(faccessat) X(pselect6) X(ppoll) X(unshare) X(set_robust_list) X(get_robust_list) X(splice) X(tee) X(sync_file_range) X(vmsplice) \
    X(utimensat) X(epoll_pwait) X(signalfd) X(timerfd_create) X(eventfd) X(fallocate) X(timerfd_settime) X(timerfd_gettime) X(accept4) \
    X(signalfd4) X(eventfd2) X(epoll_create1) X(dup3) X(pipe2) X(inotify_init1) X(preadv) X(pwritev) X(rt_tgsigqueueinfo) X(prlimit64) \
    X(syncfs) X(sendmmsg) X(recvmmsg) X(getcpu) X(sched_setattr) X(sched_getattr) X(renameat2) X(getrandom) X(memfd_create) X(execveat) X(membarrier) X(mlock2) \
    X(copy_file_range) X(preadv2) X(pwritev2) X(statx) X(rseq) X(pidfd_send_signal) X(pidfd_open) X(clone3) X(close_range) X(pidfd_getfd) \
    X(faccessat2) X(fchmodat2) X(epoll_pwait2) X(futex_waitv) \
    X(chroot) X(getdents) X(kcmp) X(openat2) X(pkey_alloc) X(pkey_free) X(pkey_mprotect) X(process_vm_readv) X(process_vm_writev) X(restart_syscall) X(setdomainname) X(sethostname) X(setns)
/* clang-format on */

/* Several calls, one function. */
#define ALIASES(X) X(fdatasync, fsync) X(sync, zero) X(gettid, getpid) X(exit_group, exit)

#define DECLARE(name) extern syscall_function sys_##name;
CALLS(DECLARE)
extern syscall_function sys_zero;

#define ENTRY(name) [NR_##name] = sys_##name,
#define ALIAS(name, function) [NR_##name] = sys_##function,
#pragma GCC diagnostic ignored "-Woverride-init"
static syscall_function *const syscall_table[UB_SYSCALL_LIMIT] = {
    [0 ... UB_SYSCALL_LIMIT - 1] = sys_unsupported, CALLS(ENTRY) ALIASES(ALIAS)};

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
static syscall_function *const traced_table[UB_SYSCALL_LIMIT] = {[0 ... UB_SYSCALL_LIMIT - 1] = traced};

/* A new program: its calls are served from now on. */
void calls_start(void)
{
    whole_table = syscall_table;
    active_table = ub_control.tracing ? traced_table : syscall_table;
}
