using System.Runtime.InteropServices;

namespace UniBench.Host;

/// <summary>Linux error numbers that the engine deals with.</summary>
public static class Errno
{
    private static readonly string[] Names =
        ("0 EPERM ENOENT ESRCH EINTR EIO ENXIO E2BIG ENOEXEC EBADF ECHILD EAGAIN ENOMEM EACCES EFAULT ENOTBLK EBUSY EEXIST EXDEV ENODEV ENOTDIR EISDIR EINVAL " +
        "ENFILE EMFILE ENOTTY ETXTBSY EFBIG ENOSPC ESPIPE EROFS EMLINK EPIPE EDOM ERANGE EDEADLK ENAMETOOLONG ENOLCK ENOSYS ENOTEMPTY ELOOP").Split(' ');

    public const int EPERM = 1;
    public const int ENOENT = 2;
    public const int ESRCH = 3;
    public const int EINTR = 4;
    public const int EIO = 5;
    public const int E2BIG = 7;
    public const int ENOEXEC = 8;
    public const int EBADF = 9;
    public const int ECHILD = 10;
    public const int EAGAIN = 11;
    public const int ETXTBSY = 26;
    public const int ENOMEM = 12;
    public const int EACCES = 13;
    public const int EFAULT = 14;
    public const int ENXIO = 6;
    public const int EBUSY = 16;
    public const int EEXIST = 17;
    public const int ENODEV = 19;
    public const int ENOTDIR = 20;
    public const int EISDIR = 21;
    public const int EROFS = 30;
    public const int EDEADLK = 35;
    public const int ENAMETOOLONG = 36;
    public const int ELOOP = 40;
    public const int EOPNOTSUPP = 95;
    public const int ENOTSOCK = 88;
    public const int ENOPROTOOPT = 92;
    public const int EPROTONOSUPPORT = 93;
    public const int ESOCKTNOSUPPORT = 94;
    public const int EAFNOSUPPORT = 97;
    public const int ENOLCK = 37;
    public const int EINVAL = 22;
    public const int ENFILE = 23;
    public const int EMFILE = 24;
    public const int ENOTTY = 25;
    public const int ENOSPC = 28;
    public const int ESPIPE = 29;
    public const int EPIPE = 32;
    public const int ENOSYS = 38;
    public const int ENOMSG = 42;
    public const int EIDRM = 43;
    public const int ENODATA = 61;
    public const int EFBIG = 27;
    public const int ERANGE = 34;
    public const int EXDEV = 18;
    public const int EMSGSIZE = 90;
    public const int ETIMEDOUT = 110;
    public const int EDESTADDRREQ = 89;
    public const int EPROTOTYPE = 91;
    public const int EADDRINUSE = 98;
    public const int EADDRNOTAVAIL = 99;
    public const int ENETUNREACH = 101;
    public const int EISCONN = 106;
    public const int ENOTCONN = 107;
    public const int ETOOMANYREFS = 109;
    public const int ECONNREFUSED = 111;
    public const int EINPROGRESS = 115;

    /// <summary>The library OS's internal "again unless a handler ran" result.</summary>
    public const int ERESTARTSYS = 512;

    /// <summary>errno of the last native call of this thread; read it at once.</summary>
    internal static int Last => Marshal.GetLastSystemError();

    public static string Name(int errno) => errno > 0 && errno < Names.Length ? Names[errno] : errno switch
    {
        ENOMSG => "ENOMSG",
        EIDRM => "EIDRM",
        ENODATA => "ENODATA",
        ENOTSOCK => "ENOTSOCK",
        90 => "EMSGSIZE",
        ENOPROTOOPT => "ENOPROTOOPT",
        ESOCKTNOSUPPORT => "ESOCKTNOSUPPORT",
        EPROTONOSUPPORT => "EPROTONOSUPPORT",
        EOPNOTSUPP => "EOPNOTSUPP",
        EAFNOSUPPORT => "EAFNOSUPPORT",
        110 => "ETIMEDOUT",
        ERESTARTSYS => "ERESTARTSYS (a signal came)",
        514 => "ERESTARTNOHAND (a signal came)",
        _ => $"errno {errno}",
    };

    internal static string Describe(int errno) => Marshal.GetPInvokeErrorMessage(errno);

    internal static string Advice(int errno) => errno switch
    {
        EMFILE => ": too many open files: raise `ulimit -n`",
        ENFILE => ": the system is out of open files: raise /proc/sys/fs/file-max",
        ENOMEM => ": out of memory or of mappings: lower the number of live processes, or raise vm.max_map_count",
        _ => string.Empty,
    };
}
