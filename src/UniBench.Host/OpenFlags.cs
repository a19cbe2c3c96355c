namespace UniBench.Host;

/// <summary>Linux's x86-64 flags of open(2), which other calls that make descriptors share. O_CREAT is Creat.</summary>
public static class OpenFlags
{
    public const int Accmode = 0x3;
    public const int Wronly = 0x1;
    public const int Rdwr = 0x2;
    public const int Creat = 0x40;
    public const int Excl = 0x80;
    public const int Noctty = 0x100;
    public const int Trunc = 0x200;
    public const int Append = 0x400;
    public const int Nonblock = 0x800;
    public const int Dsync = 0x1000;
    public const int Directory = 0x10000;
    public const int Nofollow = 0x20000;
    public const int Noatime = 0x40000;
    public const int Cloexec = 0x80000;
    public const int Sync = 0x101000;
    public const int Path = 0x200000;

    /// <summary>The bit of its own: callers add <see cref="Directory"/>.</summary>
    public const int Tmpfile = 0x400000;
}
