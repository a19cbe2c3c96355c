namespace UniBench.Monitor.Families;

/// <summary>Names of Linux x86-64 system calls, for traces and counters; from the kernel's table.</summary>
internal static class SyscallNames
{
    private static readonly string[] Names =
        ("read write open close stat fstat lstat poll lseek mmap mprotect munmap brk rt_sigaction rt_sigprocmask rt_sigreturn ioctl pread64 pwrite64 readv writev " +
        "access pipe select sched_yield mremap msync mincore madvise shmget shmat shmctl dup dup2 pause nanosleep getitimer alarm setitimer getpid sendfile socket " +
        "connect accept sendto recvfrom sendmsg recvmsg shutdown bind listen getsockname getpeername socketpair setsockopt getsockopt clone fork vfork execve exit " +
        "wait4 kill uname semget semop semctl shmdt msgget msgsnd msgrcv msgctl fcntl flock fsync fdatasync truncate ftruncate getdents getcwd chdir fchdir rename " +
        "mkdir rmdir creat link unlink symlink readlink chmod fchmod chown fchown lchown umask gettimeofday getrlimit getrusage sysinfo times ptrace getuid syslog " +
        "getgid setuid setgid geteuid getegid setpgid getppid getpgrp setsid setreuid setregid getgroups setgroups setresuid getresuid setresgid getresgid getpgid " +
        "setfsuid setfsgid getsid capget capset rt_sigpending rt_sigtimedwait rt_sigqueueinfo rt_sigsuspend sigaltstack utime mknod uselib personality ustat statfs " +
        "fstatfs sysfs getpriority setpriority sched_setparam sched_getparam sched_setscheduler sched_getscheduler sched_get_priority_max sched_get_priority_min " +
        "sched_rr_get_interval mlock munlock mlockall munlockall vhangup modify_ldt pivot_root _sysctl prctl arch_prctl adjtimex setrlimit chroot sync acct " +
        "settimeofday mount umount2 swapon swapoff reboot sethostname setdomainname iopl ioperm create_module init_module delete_module get_kernel_syms query_module " +
        "quotactl nfsservctl getpmsg putpmsg afs_syscall tuxcall security gettid readahead setxattr lsetxattr fsetxattr getxattr lgetxattr fgetxattr listxattr " +
        "llistxattr flistxattr removexattr lremovexattr fremovexattr tkill time futex sched_setaffinity sched_getaffinity set_thread_area io_setup io_destroy " +
        "io_getevents io_submit io_cancel get_thread_area lookup_dcookie epoll_create epoll_ctl_old epoll_wait_old remap_file_pages getdents64 set_tid_address " +
        "restart_syscall semtimedop fadvise64 timer_create timer_settime timer_gettime timer_getoverrun timer_delete clock_settime clock_gettime clock_getres " +
        "clock_nanosleep exit_group epoll_wait epoll_ctl tgkill utimes vserver mbind set_mempolicy get_mempolicy mq_open mq_unlink mq_timedsend mq_timedreceive " +
        "mq_notify mq_getsetattr kexec_load waitid add_key request_key keyctl ioprio_set ioprio_get inotify_init inotify_add_watch inotify_rm_watch migrate_pages " +
        "openat mkdirat mknodat fchownat futimesat newfstatat unlinkat renameat linkat symlinkat readlinkat fchmodat faccessat pselect6 ppoll unshare " +
        "set_robust_list get_robust_list splice tee sync_file_range vmsplice move_pages utimensat epoll_pwait signalfd timerfd_create eventfd fallocate " +
        "timerfd_settime timerfd_gettime accept4 signalfd4 eventfd2 epoll_create1 dup3 pipe2 inotify_init1 preadv pwritev rt_tgsigqueueinfo perf_event_open recvmmsg " +
        "fanotify_init fanotify_mark prlimit64 name_to_handle_at open_by_handle_at clock_adjtime syncfs sendmmsg setns getcpu process_vm_readv process_vm_writev kcmp " +
        "finit_module sched_setattr sched_getattr renameat2 seccomp getrandom memfd_create kexec_file_load bpf execveat userfaultfd membarrier mlock2 copy_file_range " +
        "preadv2 pwritev2 pkey_mprotect pkey_alloc pkey_free statx io_pgetevents rseq").Split(' ');

    private static readonly string[] From424 =
        ("pidfd_send_signal io_uring_setup io_uring_enter io_uring_register open_tree move_mount fsopen fsconfig fsmount fspick pidfd_open clone3 close_range openat2 " +
        "pidfd_getfd faccessat2 process_madvise epoll_pwait2 mount_setattr quotactl_fd landlock_create_ruleset landlock_add_rule landlock_restrict_self memfd_secret " +
        "process_mrelease futex_waitv set_mempolicy_home_node cachestat fchmodat2 map_shadow_stack futex_wake futex_wait futex_requeue").Split(' ');

    public static string Of(int number) =>
        number >= 0 && number < Names.Length ? Names[number]
        : number >= 424 && number - 424 < From424.Length ? From424[number - 424]
        : $"syscall_{number}";

    /// <summary>How many arguments a trace shows.</summary>
    public static int ArgumentCount(int number) => number switch
    {
        24 or 34 or 39 or 57 or 58 or 102 or 104 or 107 or 108 or 110 or 111 or 112 or 162 or 186 => 0,
        3 or 12 or 22 or 32 or 37 or 60 or 63 or 80 or 81 or 84 or 87 or 95 or 99 or 100 or 121 or 124 or 201 or 218 or 225 or 226 or 231 or 291 => 1,
        4 or 5 or 6 or 11 or 21 or 33 or 35 or 36 or 48 or 62 or 73 or 77 or 79 or 82 or 83 or 85 or 86 or 88 or 90 or 91 or 96 or 97 or 98 or 109 or 115 or
            127 or 130 or 131 or 132 or 137 or 138 or 158 or 160 or 200 or 224 or 228 or 229 or 235 or 283 or 284 or 287 or 290 or 293 or 319 => 2,
        0 or 1 or 2 or 7 or 8 or 10 or 16 or 19 or 20 or 26 or 28 or 38 or 59 or 72 or 89 or 92 or 93 or 94 or 118 or 120 or 129 or 133 or 204 or 217 or 222
            or 234 or 258 or 261 or 263 or 266 or 268 or 282 or 292 or 309 or 318 or 436 => 3,
        13 or 14 or 17 or 18 or 40 or 53 or 61 or 128 or 221 or 223 or 230 or 232 or 233 or 257 or 259 or 262 or 264 or 267 or 269 or 280 or 285 or 286 or 289
            or 295 or 296 or 302 or 439 => 4,
        23 or 25 or 54 or 55 or 56 or 157 or 247 or 260 or 265 or 271 or 316 or 322 or 332 => 5,
        _ => 6,
    };

    /// <summary>Whether an argument is an open directory, or AT_FDCWD.</summary>
    public static bool IsDirectory(int number, int index) => index switch
    {
        0 => number is (>= 257 and <= 265) or 267 or 268 or 269 or 280 or 316 or 322 or 332 or 439,
        1 => number is 266,
        2 => number is 264 or 265 or 316,
        _ => false,
    };

    /// <summary>Whether an argument is a NUL-terminated string.</summary>
    public static bool IsText(int number, int index) => index switch
    {
        0 => number is 2 or 4 or 6 or 21 or 59 or 76 or 80 or 82 or 83 or 84 or 85 or 86 or 87 or 88 or 89 or 90 or 92 or 94 or 132 or 133 or 137 or 235 or 266 or 319,
        1 => number is 82 or 86 or 88 or (>= 257 and <= 265) or 267 or 268 or 269 or 280 or 316 or 322 or 332 or 439,
        2 => number is 266,
        3 => number is 264 or 265 or 316,
        _ => false,
    };
}
