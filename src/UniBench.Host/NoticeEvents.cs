namespace UniBench.Host;

/// <summary>Linux's events of F_NOTIFY. DN_CREATE is Create.</summary>
public static class NoticeEvents
{
    public const uint Access = 0x1;
    public const uint Modify = 0x2;
    public const uint Create = 0x4;
    public const uint Delete = 0x8;
    public const uint Rename = 0x10;
    public const uint Attrib = 0x20;
    public const uint Multishot = 0x80000000;
}
