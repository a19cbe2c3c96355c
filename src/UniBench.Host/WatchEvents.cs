namespace UniBench.Host;

/// <summary>Linux's events of inotify(7), and what inotify_add_watch(2) is told beside them. IN_MOVED_TO is MovedTo.</summary>
public static class WatchEvents
{
    public const uint Access = 0x1;
    public const uint Modify = 0x2;
    public const uint Attrib = 0x4;
    public const uint MovedFrom = 0x40;
    public const uint MovedTo = 0x80;
    public const uint Create = 0x100;
    public const uint Delete = 0x200;
    public const uint Ignored = 0x8000;
    public const uint DontFollow = 0x02000000;
    public const uint MaskAdd = 0x20000000;
    public const uint Isdir = 0x40000000;
}
