namespace UniBench.Tests.Compatibility;

/// <summary>What system calls are about; what no area names is in the last one.</summary>
internal static class SystemCallAreas
{
    public const string Rest = "The machine and its administration";

    public static IReadOnlyList<(string Title, string[] Names)> All { get; } =
    [
        ("Processes", Words("""
            clone fork vfork execve execveat exit exit_group wait4 waitid clone3 getpid getppid gettid set_tid_address setpgid getpgid getpgrp setsid getsid
            getuid geteuid getgid getegid setuid setgid setreuid setregid getgroups setgroups setresuid getresuid setresgid getresgid setfsuid setfsgid capget capset
            personality prctl arch_prctl getrlimit setrlimit prlimit64 getrusage times getpriority setpriority ptrace kcmp process_vm_readv process_vm_writev
            sched_yield sched_setparam sched_getparam sched_setscheduler sched_getscheduler sched_get_priority_max sched_get_priority_min sched_rr_get_interval
            sched_setaffinity sched_getaffinity sched_setattr sched_getattr getcpu ioprio_set ioprio_get unshare setns seccomp rseq set_robust_list get_robust_list
            set_thread_area get_thread_area modify_ldt pidfd_open pidfd_getfd process_madvise process_mrelease membarrier
            """)),
        ("Signals", Words("""
            rt_sigaction rt_sigprocmask rt_sigreturn rt_sigpending rt_sigtimedwait rt_sigqueueinfo rt_tgsigqueueinfo rt_sigsuspend sigaltstack kill tkill tgkill pause
            signalfd signalfd4 restart_syscall pidfd_send_signal
            """)),
        ("Files and directories", Words("""
            read write open close stat fstat lstat lseek pread64 pwrite64 readv writev preadv pwritev preadv2 pwritev2 access dup dup2 dup3 fcntl ioctl flock fsync fdatasync
            truncate ftruncate getdents getdents64 getcwd chdir fchdir rename renameat renameat2 mkdir mkdirat rmdir creat link linkat unlink unlinkat symlink symlinkat
            readlink readlinkat chmod fchmod fchmodat fchmodat2 chown fchown lchown fchownat umask utime utimes futimesat utimensat mknod mknodat statfs fstatfs ustat sync
            syncfs chroot openat openat2 newfstatat faccessat faccessat2 statx fallocate fadvise64 readahead sync_file_range sendfile splice tee vmsplice copy_file_range
            setxattr lsetxattr fsetxattr getxattr lgetxattr fgetxattr listxattr llistxattr flistxattr removexattr lremovexattr fremovexattr close_range
            name_to_handle_at open_by_handle_at inotify_init inotify_init1 inotify_add_watch inotify_rm_watch fanotify_init fanotify_mark cachestat memfd_create memfd_secret
            """)),
        ("Memory", Words("""
            mmap mprotect munmap brk mremap msync mincore madvise mlock mlock2 munlock mlockall munlockall remap_file_pages pkey_mprotect pkey_alloc pkey_free mbind
            set_mempolicy get_mempolicy set_mempolicy_home_node migrate_pages move_pages userfaultfd map_shadow_stack
            """)),
        ("Time", Words("""
            nanosleep clock_nanosleep getitimer setitimer alarm gettimeofday settimeofday time clock_gettime clock_settime clock_getres clock_adjtime adjtimex
            timer_create timer_settime timer_gettime timer_getoverrun timer_delete timerfd_create timerfd_settime timerfd_gettime
            """)),
        ("Waiting for many", Words("""
            poll ppoll select pselect6 epoll_create epoll_create1 epoll_ctl epoll_wait epoll_pwait epoll_pwait2 epoll_ctl_old epoll_wait_old eventfd eventfd2
            io_setup io_destroy io_getevents io_pgetevents io_submit io_cancel io_uring_setup io_uring_enter io_uring_register
            """)),
        ("Pipes, sockets", Words("""
            pipe pipe2 socket socketpair connect accept accept4 bind listen shutdown sendto recvfrom sendmsg recvmsg sendmmsg recvmmsg getsockname getpeername setsockopt getsockopt
            """)),
        ("Shared memory, semaphores, queues", Words("""
            futex futex_waitv futex_wake futex_wait futex_requeue shmget shmat shmctl shmdt semget semop semctl semtimedop msgget msgsnd msgrcv msgctl
            mq_open mq_unlink mq_timedsend mq_timedreceive mq_notify mq_getsetattr
            """)),
    ];

    private static string[] Words(string text) => text.Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries);
}
