namespace UniBench.Host;

/// <summary>Linux's si_code: why a signal was sent. SI_USER is SiUser.</summary>
public static class SignalCode
{
    public const int SiUser = 0;
    public const int SiKernel = 0x80;
    public const int SiTimer = -2;
    public const int SiMesgq = -3;
    public const int PollIn = 1;
    public const int PollOut = 2;
    public const int PollMsg = 3;
}
