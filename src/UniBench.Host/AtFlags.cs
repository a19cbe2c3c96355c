namespace UniBench.Host;

/// <summary>Linux's flags of the calls that take a directory. AT_SYMLINK_FOLLOW is SymlinkFollow.</summary>
public static class AtFlags
{
    public const int Fdcwd = -100;
    public const int SymlinkNofollow = 0x100;
    public const int Eaccess = 0x200;
    public const int Removedir = 0x200;
    public const int SymlinkFollow = 0x400;
    public const int EmptyPath = 0x1000;
}
