using System.Text;
using UniBench.Host;
using static UniBench.Host.LinuxCall;

namespace UniBench.Monitor.Families;

/// <summary>Names of Linux's system calls, for traces and counters, and what a trace shows of their arguments.</summary>
internal static class SyscallNames
{
    private static readonly Dictionary<LinuxCall, string> Names = Enum.GetValues<LinuxCall>().ToDictionary(c => c, KernelsName);

    public static string Of(LinuxCall call) => Names.GetValueOrDefault(call) ?? FormattableString.Invariant($"syscall_{(int)call}");

    /// <summary>How many arguments a trace shows.</summary>
    public static int ArgumentCount(LinuxCall call) => call switch
    {
        SchedYield or Pause or Getpid or Fork or Vfork or Getuid or Getgid or
            Geteuid or Getegid or Getppid or Getpgrp or Setsid or Sync or Gettid => 0,
        Close or Brk or Pipe or Dup or Alarm or Exit or Uname or Chdir or
            Fchdir or Rmdir or Unlink or Umask or Sysinfo or Times or
            Getpgid or
            Getsid or Time or SetTidAddress or TimerGetoverrun or TimerDelete or ExitGroup or
            EpollCreate1 => 1,
        Stat or Fstat or Lstat or Munmap or Access or Dup2 or Nanosleep or
            Getitimer or Shutdown or Kill or Flock or Ftruncate or Getcwd or
            Rename or
            Mkdir or Creat or Link or Symlink or Chmod or Fchmod or Gettimeofday or
            Getrlimit or Getrusage or Setpgid or
            Getgroups or RtSigpending or RtSigsuspend or
            Sigaltstack or Utime or Statfs or Fstatfs or ArchPrctl or Setrlimit or
            Tkill or
            TimerGettime or ClockGettime or ClockGetres or Utimes or TimerfdCreate or Eventfd or
            TimerfdGettime or Eventfd2 or
            Pipe2 or MemfdCreate => 2,
        Read or Write or Open or Poll or Lseek or Mprotect or Ioctl or
            Readv or Writev or Msync or Madvise or Setitimer or Execve or
            Fcntl or
            Readlink or Chown or Fchown or Lchown or Getresuid or Getresgid or
            RtSigqueueinfo or Mknod or SchedGetaffinity or
            Getdents64 or TimerCreate or Tgkill or
            Mkdirat or Futimesat or Unlinkat or Symlinkat or Fchmodat or Signalfd or
            Dup3 or
            Getcpu or Getrandom or CloseRange => 3,
        RtSigaction or RtSigprocmask or Pread64 or Pwrite64 or Sendfile or Socketpair or
            Wait4 or RtSigtimedwait or Fadvise64 or TimerSettime or
            ClockNanosleep or EpollWait or
            EpollCtl or Openat or Mknodat or Newfstatat or Renameat or Readlinkat or
            Faccessat or
            Utimensat or Fallocate or TimerfdSettime or Signalfd4 or Preadv or
            Pwritev or Prlimit64 or Faccessat2 => 4,
        Select or Mremap or Setsockopt or Getsockopt or Clone or Prctl or Waitid or
            Fchownat or Linkat or Ppoll or Renameat2 or Execveat or Statx => 5,
        _ => 6,
    };

    /// <summary>Whether an argument is an open directory, or AT_FDCWD.</summary>
    public static bool IsDirectory(LinuxCall call, int index) => index switch
    {
        0 => call is Openat or Mkdirat or Mknodat or Fchownat or Futimesat or Newfstatat or
            Unlinkat or Renameat or Linkat or Readlinkat or
            Fchmodat or Faccessat or
            Utimensat or Renameat2 or Execveat or Statx or Faccessat2,
        1 => call is Symlinkat,
        2 => call is Renameat or Linkat or Renameat2,
        _ => false,
    };

    /// <summary>Whether an argument is a NUL-terminated string.</summary>
    public static bool IsText(LinuxCall call, int index) => index switch
    {
        0 => call is Open or Stat or Lstat or Access or Execve or Truncate or Chdir or
            Rename or Mkdir or Rmdir or Creat or Link or Unlink or
            Symlink or
            Readlink or Chmod or Chown or Lchown or Utime or Mknod or Statfs or
            Utimes or Symlinkat or MemfdCreate,
        1 => call is Rename or Link or Symlink or Openat or Mkdirat or Mknodat or Fchownat or
            Futimesat or Newfstatat or Unlinkat or Renameat or
            Linkat or Readlinkat or
            Fchmodat or Faccessat or Utimensat or Renameat2 or Execveat or Statx or
            Faccessat2,
        2 => call is Symlinkat,
        3 => call is Renameat or Linkat or Renameat2,
        _ => false,
    };

    /// <summary>RtSigaction is rt_sigaction.</summary>
    private static string KernelsName(LinuxCall call)
    {
        StringBuilder name = new(call == Sysctl ? "_" : string.Empty);
        foreach (char c in call.ToString())
        {
            name.Append(char.IsUpper(c) && name.Length > 0 && name[^1] != '_' ? "_" : string.Empty).Append(char.ToLowerInvariant(c));
        }

        return name.ToString();
    }
}
