namespace UniBench.Host;

/// <summary>Linux's events of poll(2), which epoll shares. POLLRDNORM is Rdnorm.</summary>
public static class PollEvents
{
    public const short In = 0x1;
    public const short Out = 0x4;
    public const short Err = 0x8;
    public const short Hup = 0x10;
    public const short Nval = 0x20;
    public const short Rdnorm = 0x40;
    public const short Wrnorm = 0x100;
    public const short Wrband = 0x200;
    public const short Msg = 0x400;
}
